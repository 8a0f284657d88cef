//! Two-mode networks: organizations and what they share, be it a place, a
//! programme, a funder or a body they belong to.

/// Who has a part in what, in compressed rows both ways.
#[derive(Debug, Clone, Default)]
pub struct TwoMode {
    of_left: Vec<Vec<u32>>,
    of_right: Vec<Vec<u32>>,
}

/// What two organizations share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shared {
    /// How many things.
    pub count: usize,
    /// Σ 1/(k−1) over shared things that k have a part in (Newman 2001): two
    /// who share a small room are closer than two who share a big hall.
    pub weight: f64,
    /// Shared things over all things of either; 0 where neither has any.
    pub jaccard: f64,
}

impl TwoMode {
    /// Builds the network of `left` organizations and `right` things; a part
    /// listed twice counts once.
    #[must_use]
    pub fn of(left: usize, right: usize, parts: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut network = Self {
            of_left: vec![Vec::new(); left],
            of_right: vec![Vec::new(); right],
        };
        for (organization, thing) in parts {
            network.of_left[organization as usize].push(thing);
        }
        for (organization, things) in network.of_left.iter_mut().enumerate() {
            things.sort_unstable();
            things.dedup();
            for thing in things {
                network.of_right[*thing as usize].push(organization as u32);
            }
        }
        network
    }

    /// The things an organization has a part in, ascending.
    #[must_use]
    pub fn things(&self, organization: u32) -> &[u32] {
        &self.of_left[organization as usize]
    }

    /// The organizations that have a part in a thing, ascending.
    #[must_use]
    pub fn sharers(&self, thing: u32) -> &[u32] {
        &self.of_right[thing as usize]
    }

    /// What two organizations share. *Complexity:* O(things of both).
    #[must_use]
    pub fn shared(&self, a: u32, b: u32) -> Shared {
        let (ours, theirs) = (self.things(a), self.things(b));
        let mut shared = Shared::default();
        for thing in ours
            .iter()
            .filter(|thing| theirs.binary_search(thing).is_ok())
        {
            shared.count += 1;
            shared.weight += 1.0 / (self.sharers(*thing).len() as f64 - 1.0);
        }
        let either = ours.len() + theirs.len() - shared.count;
        if either > 0 {
            shared.jaccard = shared.count as f64 / either as f64;
        }
        shared
    }

    /// Those who share something with an organization, ascending.
    #[must_use]
    pub fn co_sharers(&self, organization: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self
            .things(organization)
            .iter()
            .flat_map(|thing| self.sharers(*thing))
            .copied()
            .filter(|other| *other != organization)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
