"""Planning against PySAL access, NumPy and spopt: the same input, in one run.

    python -m venv peers && peers/bin/pip install access spopt
    peers/bin/python benches/peers/planning.py [--data ../shared/data] [--sites]

Reads London's 4,994 small areas and 903 community centres where --data holds
them, else makes places up. Prints how long each tool takes to score access by
the enhanced floating catchment from the same pairs within reach, and how far
the scores differ. With --sites also places 20 sites among 2,000 candidates for
5,000 areas with spopt, which proves its optimum and so takes minutes.
"""

import argparse
import csv
import pathlib
import statistics
import subprocess
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
ZONES = [(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)]
REACH_KM = 3.0  # where 12 + 6 km is 30 minutes


def unit_vectors(points):
    latitude, longitude = np.radians(np.asarray(points)).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def minutes_within_reach(areas, services):
    """Pairs within reach with minutes: the lesser of walking and a bus."""
    earth = 6371.0088
    tree = cKDTree(unit_vectors(services))
    chord = 2 * np.sin(REACH_KM / earth / 2)
    rows = tree.query_ball_point(unit_vectors(areas), chord)
    area = np.repeat(np.arange(len(areas)), [len(row) for row in rows])
    service = np.concatenate([np.sort(row) for row in rows]).astype(int)
    ends = unit_vectors(areas)[area] - unit_vectors(services)[service]
    km = 2 * earth * np.arcsin(np.linalg.norm(ends, axis=1) / 2)
    minutes = np.minimum(16.25 * km, 12 + 6 * km)
    keep = minutes <= 30.0
    return area[keep], service[keep], minutes[keep]


def step(minutes):
    return np.select([minutes <= bound for bound, _ in ZONES], [weight for _, weight in ZONES], 0.0)


def timed(runs, work):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - began)
    return statistics.median(times), result


def london(data):
    with open(data / "geo/lsoa21_london_centroids.csv") as file:
        areas = [(float(r["lat_geometric"]), float(r["lon_geometric"])) for r in csv.DictReader(file)]
    with open(data / "organisations/gla_cim_community_centres.csv") as file:
        services = [(float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(file)]
    return areas, services


def made_up(areas, services, seed=4711):
    lots = np.random.default_rng(seed)
    spread = np.array([0.2, 0.35])
    return (
        (np.array([51.5, -0.12]) + spread * lots.triangular(-1, 0, 1, (areas, 2))).tolist(),
        (np.array([51.5, -0.12]) + spread * lots.triangular(-1, 0, 1, (services, 2))).tolist(),
    )


def pysal(area, service, minutes, people, places):
    from access import Access, weights

    demand = pd.DataFrame({"id": np.arange(len(people)), "people": people})
    supply = pd.DataFrame({"id": np.arange(len(places)), "places": places})
    # It asks that origins and destinations have ids of their own.
    cost = pd.DataFrame({"origin": area, "dest": service, "cost": minutes})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tool = Access(
            demand_df=demand, demand_index="id", demand_value="people",
            supply_df=supply, supply_index="id", supply_value="places",
            cost_df=cost, cost_origin="origin", cost_dest="dest", cost_name="cost",
        )
        zones = weights.step_fn(dict(ZONES))
        scores = tool.enhanced_two_stage_fca(name="e", cost="cost", max_cost=30.0, weight_fn=zones)
    return scores["e_places"].reindex(range(len(people))).fillna(0.0).to_numpy()


def numpy_e2sfca(area, service, minutes, people, places):
    weight = step(minutes)
    wanted = np.bincount(service, people[area] * weight, len(places))
    ratio = np.divide(places, wanted, out=np.zeros(len(places)), where=wanted > 0)
    return np.bincount(area, ratio[service] * weight, len(people))


def ours(area, service, minutes, people, places):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pd.DataFrame({"people": people}).to_csv(folder / "people.csv", index=False)
        pd.DataFrame({"places": places}).to_csv(folder / "places.csv", index=False)
        pairs = pd.DataFrame({"area": area, "service": service, "minutes": minutes})
        pairs.to_csv(folder / "pairs.csv", index=False)
        command = ["cargo", "run", "--release", "-q", "-p", "causeway-benches", "--example", "planning_peer", "--"]
        subprocess.run([*command, str(folder)], check=True, cwd=ROOT)
        return np.loadtxt(folder / "scores.csv")


def spopt_sites(area, service, people, candidates):
    import pulp
    from spopt.locate import MCLP

    costs = np.full((len(people), candidates), 99.0)
    costs[area, service] = 1.0
    began = time.perf_counter()
    model = MCLP.from_cost_matrix(costs, np.asarray(people), service_radius=30.0, p_facilities=20)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=600))
    took = time.perf_counter() - began
    covered = sum(people[i] for i, sites in enumerate(model.cli2fac) if sites)
    print(f"spopt: 20 sites of {candidates} candidates cover {covered:.0f} in {took:.1f} s")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    arguments.add_argument("--sites", action="store_true")
    arguments = arguments.parse_args()
    here = (arguments.data / "geo").is_dir()
    areas, services = london(arguments.data) if here else made_up(4994, 903)
    print("London's small areas and community centres" if here else "made-up places")
    lots = np.random.default_rng(4711)
    people = lots.integers(1000, 2500, len(areas)).astype(float)
    places = lots.integers(5, 60, len(services)).astype(float)
    area, service, minutes = minutes_within_reach(areas, services)
    expected = ours(area, service, minutes, people, places)
    for name, runs, tool in [("numpy", 15, numpy_e2sfca), ("PySAL access", 5, pysal)]:
        took, scores = timed(runs, lambda tool=tool: tool(area, service, minutes, people, places))
        apart = np.abs(scores - expected).max()
        print(f"{name}: scored in {1e3 * took:.1f} ms, scores differ by at most {apart:.1e}")
    if arguments.sites:
        areas, candidates = made_up(5000, 2000)
        people = lots.integers(1000, 2500, len(areas)).astype(float)
        area, service, minutes = minutes_within_reach(areas, candidates)
        ours(area, service, minutes, people, np.ones(len(candidates)))
        spopt_sites(area, service, people, len(candidates))


if __name__ == "__main__":
    main()
