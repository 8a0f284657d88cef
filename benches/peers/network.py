"""Measures an edge list with igraph (and networkx), beside our own program.

    python network.py FILE [--ours PROGRAM] [--networkx]

Prints a line for each measure: its name, the program, seconds on the clock,
seconds of all cores, and something of the result. README.md says how to get
the file and the program.
"""

import argparse
import gzip
import subprocess
import time


def read(path):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        pairs = [tuple(map(int, line.split()[:2])) for line in file if line[0] != "#"]
    numbers = {node: at for at, node in enumerate(sorted({end for pair in pairs for end in pair}))}
    edges = {(min(a, b), max(a, b)) for a, b in pairs if a != b}
    return len(numbers), sorted((numbers[a], numbers[b]) for a, b in edges)


def tell(name, program, wall, cpu, result):
    print(f"{name}\t{program}\t{wall:.4f}\t{cpu:.4f}\t{result}", flush=True)


def timed(name, program, work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    tell(name, program, time.perf_counter() - wall, time.process_time() - cpu, result)


def with_igraph(nodes, edges):
    import igraph

    graph = igraph.Graph(n=nodes, edges=edges)
    program = f"igraph {igraph.__version__}"
    sources = [at * nodes // 256 for at in range(256)]
    timed("components", program, lambda: len(graph.connected_components()))
    timed("bridges and cut nodes", program, lambda: (len(graph.bridges()), len(graph.articulation_points()))[0])
    timed("cores", program, lambda: max(graph.coreness()))
    timed(
        "constraint and clustering",
        program,
        lambda: (graph.constraint(), graph.transitivity_local_undirected(mode="zero"))[0][0],
    )
    timed("PageRank", program, lambda: sum(graph.pagerank(damping=0.85)))

    def ten():
        for at in range(10):
            graph.personalized_pagerank(damping=0.85, reset_vertices=at * nodes // 10)
        return "10 of them"

    timed("neighbourhood of one, ten times", program, ten)

    def leiden():
        found = graph.community_leiden(objective_function="modularity")
        return graph.modularity(found)

    timed("Leiden, one run", program, leiden)
    timed("betweenness, 256 sources", program, lambda: sum(graph.betweenness(directed=False, sources=sources)))


def with_networkx(nodes, edges):
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(edges)
    program = f"networkx {networkx.__version__}"
    timed("components", program, lambda: networkx.number_connected_components(graph))
    timed("bridges and cut nodes", program, lambda: sum(1 for _ in networkx.bridges(graph)))
    timed("cores", program, lambda: max(networkx.core_number(graph).values()))
    timed("PageRank", program, lambda: sum(networkx.pagerank(graph).values()))


def with_ours(program, path):
    lines = subprocess.run([program, "measure", path], check=True, capture_output=True, text=True).stdout
    for line in lines.splitlines():
        name, wall, cpu, result = line.split("\t", 3)
        tell(name, "causeway", float(wall), float(cpu), result)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--ours")
    parser.add_argument("--networkx", action="store_true")
    asked = parser.parse_args()
    print("measure\tprogram\twall s\tcpu s\tresult")
    if asked.ours:
        with_ours(asked.ours, asked.file)
    nodes, edges = read(asked.file)
    with_igraph(nodes, edges)
    if asked.networkx:
        with_networkx(nodes, edges)


if __name__ == "__main__":
    main()
