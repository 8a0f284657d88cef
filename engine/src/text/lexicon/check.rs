//! What a reviewer of the lexicon should mend.

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The section in it.
    pub section: String,
    /// What kind of thing.
    pub kind: ProblemKind,
    /// The word, phrase or id at fault.
    pub what: String,
}

/// The kinds of thing to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A phrase stands twice in one concept, once stems are compared.
    Duplicate,
    /// A link leads to no concept or class.
    DeadLink,
    /// A phrase means two concepts at full strength and `ambiguous.toml` gives no reason.
    Ambiguous,
    /// A phrase holds no word.
    Empty,
    /// `ambiguous.toml` explains a phrase that is not ambiguous.
    NeedlessReason,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            section,
            kind,
            what,
        } = self;
        match kind {
            ProblemKind::Duplicate => {
                write!(f, "{file} [{section}]: '{what}' stands twice; take one out")
            }
            ProblemKind::DeadLink => write!(
                f,
                "{file} [{section}]: there is no '{what}'; mend or remove the link"
            ),
            ProblemKind::Ambiguous => write!(
                f,
                "{file} [{section}]: '{what}' is at full strength in another concept too; \
                 weaken one or give the reason in ambiguous.toml"
            ),
            ProblemKind::Empty => {
                write!(f, "{file} [{section}]: '{what}' holds no word; remove it")
            }
            ProblemKind::NeedlessReason => {
                write!(f, "{file}: '{what}' is not ambiguous; remove the line")
            }
        }
    }
}
