//! Copies: a backup is a checkpoint somewhere else, and a restore makes a
//! store of it.

use std::fs;
use std::path::Path;

use super::checkpoint::{self, Checkpoint};
use super::encoding::{Loader, Malformed};
use super::{StoreError, StoreUrl, files, log, truth};

/// Writes all records of the store in a folder to a file, at one sequence
/// number, also while another thread or process writes to the store.
pub(super) fn write(folder: &Path, path: &Path) -> Result<u64, StoreError> {
    let truth = truth::read_beside_writer(folder)?;
    truth.write(path)?;
    Ok(truth.sequence)
}

/// Makes a store of a backup, in a folder that is empty or not there yet, and
/// says which change set it holds. The change sets before it are not in a
/// backup; those to come go on counting from there.
///
/// The backup is read through and every record in it parsed before anything is
/// visible in the folder, which is then there whole or not at all.
pub fn restore(backup: &Path, url: &StoreUrl) -> Result<u64, StoreError> {
    let StoreUrl::Sled(folder) = url else {
        return Err(StoreError::NotDurable);
    };
    let source = Checkpoint::open(backup)?;
    check(&source)?;
    let exists = folder.exists();
    if exists && !is_empty(folder)? {
        return Err(StoreError::NotEmpty {
            folder: folder.clone(),
        });
    }
    let aside = files::partial(folder);
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(StoreError::io("remove", &aside))?;
    }
    files::make_folder(&aside)?;
    files::make_folder(&files::checkpoint_folder(&aside))?;
    files::make_folder(&files::log_folder(&aside))?;
    checkpoint::write(
        &checkpoint::path(&aside, source.sequence),
        source.sequence,
        source.digest,
        |sink| source.for_each(sink),
    )?;
    log::make_segment(&files::log_folder(&aside), source.sequence + 1)?;
    files::sync_folder(&aside)?;
    if exists {
        fs::remove_dir(folder).map_err(StoreError::io("replace", folder))?;
    }
    fs::rename(&aside, folder).map_err(StoreError::io("rename", &aside))?;
    files::sync_folder(files::parent(folder))?;
    Ok(source.sequence)
}

/// Whether every record can be read and they are the right ones.
fn check(source: &Checkpoint) -> Result<(), StoreError> {
    let damaged = |what: Malformed| StoreError::Damaged {
        file: source.path.clone(),
        offset: 0,
        what,
        remedy: "use another backup",
    };
    let mut loader = Loader::default();
    source.for_each(|key, json| loader.push(key, json.to_vec()).map_err(damaged))?;
    let (_, _, digest) = loader.finish().map_err(damaged)?;
    if digest == source.digest {
        Ok(())
    } else {
        Err(damaged(
            "its records do not add up to what it states".to_owned(),
        ))
    }
}

fn is_empty(folder: &Path) -> Result<bool, StoreError> {
    let mut listing = fs::read_dir(folder).map_err(StoreError::io("list", folder))?;
    Ok(listing.next().is_none())
}
