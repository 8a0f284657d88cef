//! Local authorities by name, as [`area_name`](super::area_name) folds them.
//!
//! A service area is a limit of residence only where it is one of these: a
//! neighbourhood, a ward or a county would keep out people who live in it, since
//! a person's borough is all that is known of where they live.

/// London boroughs, metropolitan and unitary authorities, and large districts.
const BOROUGHS: &str = "\
barking and dagenham,barnet,bexley,brent,bromley,camden,westminster,croydon,ealing,enfield,\
greenwich,hackney,hammersmith and fulham,haringey,harrow,havering,hillingdon,hounslow,islington,\
kensington and chelsea,kingston upon thames,kingston,lambeth,lewisham,merton,newham,redbridge,\
richmond upon thames,richmond,southwark,sutton,tower hamlets,waltham forest,wandsworth,\
bolton,bury,manchester,oldham,rochdale,salford,stockport,tameside,trafford,wigan,\
knowsley,liverpool,sefton,st helens,wirral,barnsley,doncaster,rotherham,sheffield,\
gateshead,newcastle upon tyne,north tyneside,south tyneside,sunderland,\
birmingham,coventry,dudley,sandwell,solihull,walsall,wolverhampton,\
bradford,calderdale,kirklees,leeds,wakefield,\
bath and north east somerset,bedford,blackburn with darwen,blackpool,bracknell forest,\
brighton and hove,bristol,darlington,derby,halton,hartlepool,kingston upon hull,leicester,luton,\
medway,middlesbrough,milton keynes,north east lincolnshire,north lincolnshire,north somerset,\
nottingham,peterborough,plymouth,portsmouth,reading,redcar and cleveland,slough,southampton,\
southend on sea,stockton on tees,stoke on trent,swindon,telford and wrekin,thurrock,torbay,\
warrington,west berkshire,windsor and maidenhead,wokingham,york,cambridge,oxford,norwich,ipswich,\
exeter,gloucester,lincoln,northampton,crawley,cardiff,swansea,newport,wrexham,glasgow,edinburgh,\
aberdeen,dundee,belfast";

/// Whether a folded name is that of a local authority.
pub(super) fn is_borough(name: &str) -> bool {
    BOROUGHS.split(',').any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::super::area_name;
    use super::*;

    #[test]
    fn boroughs_are_known_however_they_are_written() {
        for (name, expected) in [
            ("Wandsworth", true),
            ("London Borough of Wandsworth", true),
            ("Royal Borough of Kensington and Chelsea", true),
            ("Leeds City Council", true),
            ("Tooting", false),
            ("London", false),
            ("South West London", false),
        ] {
            assert_eq!(is_borough(&area_name(name)), expected, "{name}");
        }
    }
}
