//! Pages of lists, with links to the others.

use serde::Serialize;
use utoipa::ToSchema;

use super::Fields;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// At most this many.
    pub limit: usize,
    /// So many are left out first.
    pub offset: usize,
}

impl Page {
    /// Reads `limit` and `offset`.
    pub fn read(fields: &mut Fields, default: usize, most: usize) -> Self {
        Self {
            limit: fields.count("limit", 1, most, default),
            offset: fields.count("offset", 0, usize::MAX, 0),
        }
    }

    /// Reads `limit` and `offset` of a list that is given whole unless a part is asked for.
    pub fn read_or_all(fields: &mut Fields, most: usize) -> Self {
        if fields.is_without("limit") {
            // So that it counts as known.
            fields.value("limit");
            return Self {
                limit: usize::MAX,
                offset: fields.count("offset", 0, usize::MAX, 0),
            };
        }
        Self::read(fields, most, most)
    }

    /// The same with the whole list as its limit, where it has none.
    #[must_use]
    pub fn of_list(self, total: usize) -> Self {
        Self {
            limit: self.limit.min(total.max(1)),
            ..self
        }
    }

    /// Links to this page and the others of a list of `total`.
    ///
    /// `query` is the query string of the request; its `limit` and `offset`
    /// are replaced, all else stays as it was asked.
    #[must_use]
    pub fn links(self, path: &str, query: &str, total: usize) -> Links {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .filter(|pair| {
                let name = pair.split('=').next().unwrap_or_default();
                name != "offset" && name != "limit"
            })
            .collect();
        let link = |offset: usize| {
            let mut pairs: Vec<String> = kept.iter().map(|pair| (*pair).to_owned()).collect();
            pairs.push(format!("limit={}", self.limit));
            pairs.push(format!("offset={offset}"));
            format!("{path}?{}", pairs.join("&"))
        };
        let last = total.saturating_sub(1) / self.limit * self.limit;
        let next = self.offset.saturating_add(self.limit);
        Links {
            this: link(self.offset),
            next: (next < total).then(|| link(next)),
            prev: (self.offset > 0).then(|| link(self.offset.saturating_sub(self.limit).min(last))),
            first: link(0),
            last: link(last),
        }
    }
}

/// Links from one page of a list to others, relative to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Links {
    /// This page.
    #[serde(rename = "self")]
    #[schema(example = "/v1/services?q=food&limit=50&offset=50")]
    pub this: String,
    /// The next page, where there is one.
    #[schema(example = "/v1/services?q=food&limit=50&offset=100")]
    pub next: Option<String>,
    /// The page before, where there is one.
    #[schema(example = "/v1/services?q=food&limit=50&offset=0")]
    pub prev: Option<String>,
    /// The first page.
    #[schema(example = "/v1/services?q=food&limit=50&offset=0")]
    pub first: String,
    /// The last page.
    #[schema(example = "/v1/services?q=food&limit=50&offset=250")]
    pub last: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(offset: usize, total: usize, prev: Option<usize>, next: Option<usize>, last: usize) {
        let page = Page { limit: 10, offset };
        let links = page.links("/v1/services", "q=a%20b&offset=7", total);
        let link = |offset| format!("/v1/services?q=a%20b&limit=10&offset={offset}");
        assert_eq!(links.this, link(offset));
        assert_eq!(links.prev, prev.map(link));
        assert_eq!(links.next, next.map(link));
        assert_eq!(links.last, link(last));
    }

    #[test]
    fn links_lead_through_all_pages() {
        check(0, 25, None, Some(10), 20);
        check(10, 25, Some(0), Some(20), 20);
        check(20, 25, Some(10), None, 20);
        check(0, 20, None, Some(10), 10);
        check(0, 0, None, None, 0);
        check(5, 8, Some(0), None, 0);
        check(500, 25, Some(20), None, 20);
    }
}
