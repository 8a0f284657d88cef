//! `causeway export`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use anyhow::Context;
use causeway_engine::export;
use causeway_engine::store::{self, Access};
use clap::{Args, ValueEnum};
use tempfile::TempDir;

use super::{Session, Unusable};

/// Writes the data out again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  causeway export --as hsds-json --out ./directory")]
pub(super) struct Export {
    /// The format
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    form: Form,
    /// The folder; it must be empty or not there yet
    #[arg(long, value_name = "PATH", default_value = "causeway-export")]
    out: PathBuf,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// HSDS 3 JSON, with partnerships.csv, offers.csv and areas beside it.
    HsdsJson,
}

impl Export {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let Form::HsdsJson = self.form;
        let folder = self.out.as_path();
        if holds_something(folder)? {
            return Err(Unusable(format!(
                "{} is not empty; name a new or empty folder with --out",
                folder.display()
            ))
            .into());
        }
        let loaded = store::open(&session.store_url()?, Access::Read)?.load()?;
        for note in &loaded.notes {
            tracing::warn!("{note}");
        }
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let cannot = |path: &Path| format!("cannot write {}", path.display());
        fs::create_dir_all(parent).with_context(|| cannot(parent))?;
        // Beside its place and then renamed: the folder is there whole or not at all.
        let aside = tempfile::Builder::new()
            .prefix(".causeway-export-")
            .tempdir_in(parent)
            .with_context(|| cannot(parent))?;
        let mut files = Vec::new();
        for file in export::export(&loaded.directory) {
            let file = file?;
            let path = aside.path().join(file.name);
            fs::write(&path, &file.bytes).with_context(|| cannot(&path))?;
            files.push((file.name, file.bytes.len()));
        }
        put(aside, folder).with_context(|| cannot(folder))?;
        let out = &mut session.out;
        if out.is_json() {
            let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            out.json(&serde_json::json!({
                "out": folder, "files": names, "snapshot": loaded.sequence,
            }))?;
        } else {
            for (name, bytes) in files {
                out.line(format_args!(
                    "{}  {bytes} bytes",
                    folder.join(name).display()
                ))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn holds_something(folder: &Path) -> anyhow::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut listing) => Ok(listing.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot look into {}", folder.display())),
    }
}

/// Gives a finished folder its name.
fn put(aside: TempDir, folder: &Path) -> io::Result<()> {
    open_to_others(aside.path())?;
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(aside.keep(), folder)
}

/// A temporary folder is closed to others; an export is as open as any folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

/// Only Unix closes a temporary folder to others.
#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> io::Result<()> {
    Ok(())
}
