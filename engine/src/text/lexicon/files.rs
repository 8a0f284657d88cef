//! The bundled files. A test holds this list against the folder.

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/lexicon/", $name)))),*]
    };
}

/// Name and text of each file of `data/lexicon`.
pub(super) const BUNDLED: &[(&str, &str)] = bundled![
    "ambiguous.toml",
    "communities.toml",
    "situations.toml",
    "slots.toml",
    "concepts/activity.toml",
    "concepts/addiction.toml",
    "concepts/care.toml",
    "concepts/communities.toml",
    "concepts/community.toml",
    "concepts/connection.toml",
    "concepts/disability.toml",
    "concepts/essentials.toml",
    "concepts/faith.toml",
    "concepts/family.toml",
    "concepts/food.toml",
    "concepts/health.toml",
    "concepts/housing.toml",
    "concepts/information.toml",
    "concepts/later-life.toml",
    "concepts/learning.toml",
    "concepts/legal.toml",
    "concepts/mental-health.toml",
    "concepts/migration.toml",
    "concepts/money.toml",
    "concepts/safety.toml",
    "concepts/transport.toml",
    "concepts/work.toml",
    "concepts/youth.toml",
];
