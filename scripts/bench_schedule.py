#!/usr/bin/env python3
"""The peers of scripts/bench for plans. `data N` writes a plan of N tasks and twice as many links, finish to start; `path FILE`
is its critical path by networkx, as wbs,es,ef,ls,lf; `tjp FILE` is the plan as TaskJuggler reads it."""
import csv, random, sys


def data(tasks):
    chance = random.Random(1)
    print("wbs,name,duration,after")
    for i in range(1, int(tasks) + 1):
        near = range(max(1, i - 50), i)
        links = [f"{p}{chance.choice(('', '', '', 'FS+1', 'FS+2'))}" for p in chance.sample(near, min(2 + (i % 3333 == 0), len(near)))]
        print(f"{i},task {i},{chance.randint(1, 10)},{';'.join(links)}")


def read(path):
    """Of each task its code, duration, and the codes that it waits for with their lags."""
    with open(path, newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            links = (link.partition("FS") for link in r["after"].split(";") if link)
            yield r["wbs"], int(r["duration"]), [(before, int(lag or 0)) for before, _, lag in links]


def path(plan):
    import networkx
    graph, duration = networkx.DiGraph(), {}
    for wbs, days, links in read(plan):
        duration[wbs] = days
        graph.add_node(wbs)
        graph.add_edges_from((before, wbs, {"lag": lag}) for before, lag in links)
    order, es, lf = list(networkx.topological_sort(graph)), {}, {}
    for t in order:
        es[t] = max((es[p] + duration[p] + graph.edges[p, t]["lag"] for p in graph.predecessors(t)), default=0)
    length = max(es[t] + duration[t] for t in order)
    for t in reversed(order):
        lf[t] = min((lf[n] - duration[n] - graph.edges[t, n]["lag"] for n in graph.successors(t)), default=length)
    print("wbs,es,ef,ls,lf")
    for t in order:
        print(f"{t},{es[t]},{es[t] + duration[t]},{lf[t] - duration[t]},{lf[t]}")


def tjp(plan):
    print('project p "p" 2026-03-02 +20y {\n  timezone "UTC"\n  workinghours mon - sun 9:00 - 17:00\n  dailyworkinghours 8\n}')
    for wbs, days, links in read(plan):
        after = ", ".join(f"t{before}" + (f" {{ gaplength {lag}d }}" if lag else "") for before, lag in links)
        print(f'task t{wbs} "{wbs}" {{\n  length {days}d\n  {"depends " + after if after else "start 2026-03-02"}\n}}')
    print('taskreport "schedule" {\n  formats csv\n  columns id, end\n  timeformat "%Y-%m-%d"\n}')


{"data": data, "path": path, "tjp": tjp}[sys.argv[1]](sys.argv[2])
