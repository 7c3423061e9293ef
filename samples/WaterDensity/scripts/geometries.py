"""Water geometries: distorted monomers, random clusters, and snapshots of GFN2-xTB molecular dynamics at 300 K. Angstrom, laboratory frame."""
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np

DISTORTED, RANDOM, DYNAMICS = 0, 1, 2                       # kind of a geometry
MONOMERS = 200
# waters: (random clusters, snapshots, trajectories, radius of the confining sphere in angstrom)
CLUSTERS = {2: (100, 100, 4, 7.0), 3: (100, 100, 7, 8.0), 4: (50, 50, 6, 9.0), 5: (10, 10, 2, 9.5), 6: (8, 7, 2, 10.0), 8: (4, 4, 1, 11.0)}
EQUILIBRATION, DURATION, INTERVAL = 0.5, 2.0, 0.02          # ps


def sample(folder, seed=20240611, workers=2):
    """A list of dictionaries: waters, kind, trajectory (-1 for none, counted over all sizes), positions."""
    rng = np.random.default_rng(seed)
    result = [dict(waters=1, kind=DISTORTED, trajectory=-1, positions=centred(monomer(rng, 0.05, 7.0))) for _ in range(MONOMERS)]
    trajectory = 0
    for waters, (clusters, snapshots, trajectories, radius) in CLUSTERS.items():
        starts = [cluster(rng, waters, 0.02, 3.0, 2.7, 3.1) for _ in range(trajectories)]
        with ThreadPoolExecutor(workers) as pool:
            runs = list(pool.map(lambda t: dynamics(os.path.join(folder, f"w{waters}_{t[0]}"), t[1], radius), enumerate(starts)))
        each = -(-snapshots // trajectories)
        chosen = [(k, frames[i]) for k, frames in enumerate(runs) for i in np.linspace(0, len(frames) - 1, each).round().astype(int)]
        for k, positions in chosen[:snapshots]:
            result.append(dict(waters=waters, kind=DYNAMICS, trajectory=trajectory + k, positions=centred(positions) @ random_rotation(rng).T))
        for _ in range(clusters):
            result.append(dict(waters=waters, kind=RANDOM, trajectory=-1, positions=cluster(rng, waters, 0.03, 4.0, 2.6, 3.5)))
        trajectory += trajectories
    return result


def centred(positions):
    return positions - positions.mean(0)


def random_rotation(rng):
    w, x, y, z = (q := rng.normal(size=4)) / np.linalg.norm(q)
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                     [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def monomer(rng, spread_of_bonds, spread_of_angle):
    """O, H, H with normally distributed bonds (angstrom) and angle (degrees), turned at random."""
    first, second = np.clip(0.965 + spread_of_bonds * rng.normal(size=2), 0.86, 1.12)
    angle = np.deg2rad(np.clip(104.5 + spread_of_angle * rng.normal(), 86, 125))
    return np.array([[0, 0, 0], [first, 0, 0], [second * np.cos(angle), second * np.sin(angle), 0]]) @ random_rotation(rng).T


def cluster(rng, waters, spread_of_bonds, spread_of_angle, nearest, farthest):
    """Waters that touch: each new oxygen is put between nearest and farthest from one that is there, until nothing clashes."""
    while True:
        molecules = [monomer(rng, spread_of_bonds, spread_of_angle)]
        for _ in range(2000):
            if len(molecules) == waters:
                return centred(np.concatenate(molecules))
            neighbour = molecules[rng.integers(len(molecules))][0]
            direction = rng.normal(size=3)
            new = monomer(rng, spread_of_bonds, spread_of_angle) + neighbour + direction / np.linalg.norm(direction) * rng.uniform(nearest, farthest)
            if all(has_room(new, other) for other in molecules):
                molecules.append(new)


def has_room(a, b):
    distance = np.linalg.norm(a[:, None] - b[None], axis=2)
    return distance[0, 0] > 2.5 and min(distance[0, 1:].min(), distance[1:, 0].min()) > 1.6 and distance[1:, 1:].min() > 1.7


def dynamics(folder, start, radius):
    """Frames of a molecular dynamics at 300 K in a soft sphere, from a roughly optimised start, with all molecules intact."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "start.xyz"), "w") as file:
        file.write(f"{len(start)}\n\n" + "".join("%s %.8f %.8f %.8f\n" % ("OHH"[i % 3], *r) for i, r in enumerate(start)))
    with open(os.path.join(folder, "md.inp"), "w") as file:
        file.write(f"$md\n temp=300\n time={DURATION}\n dump={1000 * INTERVAL}\n step=0.5\n velo=false\n nvt=true\n hmass=1\n shake=0\n$end\n"
                   f"$wall\n potential=logfermi\n sphere: {radius},all\n$end\n")
    environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OMP_STACKSIZE="1G")
    for arguments, log in ((["start.xyz", "--opt", "crude"], "opt.log"), (["xtbopt.xyz", "--md", "--input", "md.inp"], "md.log")):
        with open(os.path.join(folder, log), "w") as file:
            subprocess.run(["xtb", *arguments, "--gfn", "2"], cwd=folder, env=environment, stdout=file, stderr=subprocess.STDOUT, check=True)

    lines, atoms = open(os.path.join(folder, "xtb.trj")).read().splitlines(), len(start)
    frames = [np.array([line.split()[1:4] for line in lines[i + 2:i + 2 + atoms]], float) for i in range(0, len(lines) - atoms - 1, atoms + 2)]
    frames = frames[int(EQUILIBRATION / INTERVAL):]
    molecules = [frame.reshape(-1, 3, 3) for frame in frames]
    return [frame for frame, m in zip(frames, molecules) if np.linalg.norm(m[:, 1:] - m[:, :1], axis=2).max() < 1.25]
