#!/usr/bin/python3
"""Makes the data of this sample: geometries (xtb), Kohn-Sham densities (psi4), one safetensors file. See ../data/README.md.

    make_data.py geometries WORK                         new geometries into WORK/geometries.npy
    make_data.py densities WORK [--level M/B]            one calculation each; what is there is kept, so it can be stopped and run again;
                                                         for two processes give one --part 0/2 and the other --part 1/2
    make_data.py pack WORK FILE [--level M/B]            all that are done, as one file
    make_data.py check FILE INDEX ... [--level M/B]      recompute systems of a file and compare

With --like FILE in place of own geometries, densities and pack take those (and the splits) of an existing file: so the shipped file is reproduced.
"""
import argparse
import os

import numpy as np

import dataset
import electron_density
import geometries


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("geometries")
    make.add_argument("work")
    make.add_argument("--seed", type=int, default=20240611)
    for name in ("densities", "pack", "check"):
        command = commands.add_parser(name)
        if name != "check":
            command.add_argument("work")
            command.add_argument("--like", metavar="FILE")
        if name != "densities":
            command.add_argument("file")
        if name == "densities":
            command.add_argument("--part", default="0/1", metavar="I/N")
        if name == "check":
            command.add_argument("index", type=int, nargs="+")
        command.add_argument("--level", default="pbe0/cc-pvdz", help="method/basis as psi4 calls them")
    arguments = parser.parse_args()

    if arguments.command == "geometries":
        os.makedirs(arguments.work, exist_ok=True)
        np.save(os.path.join(arguments.work, "geometries.npy"), geometries.sample(os.path.join(arguments.work, "dynamics"), arguments.seed))
        return
    method, basis = arguments.level.split("/")
    if arguments.command == "check":
        check(arguments.file, arguments.index, method, basis)
        return
    systems, splits = load_geometries(arguments.work, arguments.like)
    results = os.path.join(arguments.work, f"{method}_{basis}")
    if arguments.command == "densities":
        part, parts = map(int, arguments.part.split("/"))
        densities(systems[part::parts], results, method, basis)
    else:
        pack(systems, splits, results, arguments.file, method, basis)


def load_geometries(work, like):
    if like:
        file = dataset.read(like)
        return dataset.geometries_of(file), file["split"]
    systems = list(np.load(os.path.join(work, "geometries.npy"), allow_pickle=True))
    return [dict(g, index=i) for i, g in enumerate(systems)], dataset.split(systems)


def densities(systems, results, method, basis):
    os.makedirs(results, exist_ok=True)
    psi4 = electron_density.load_psi4()
    for system in systems:
        path = os.path.join(results, "%04d.npz" % system["index"])
        if os.path.exists(path):
            continue
        result = electron_density.compute(psi4, [8, 1, 1] * system["waters"], system["positions"], method, basis)
        result.pop("auxiliary")
        np.savez(path + ".part.npz", **result)
        os.rename(path + ".part.npz", path)
        print("%04d  %d waters  %.6f hartree" % (system["index"], system["waters"], result["energy"]), flush=True)


def pack(systems, splits, results, file, method, basis):
    done = [i for i, system in enumerate(systems) if os.path.exists(os.path.join(results, "%04d.npz" % system["index"]))]
    calculations = [dict(np.load(os.path.join(results, "%04d.npz" % systems[i]["index"]))) for i in done]
    psi4 = electron_density.load_psi4()
    atoms = [electron_density.isolated_atom(psi4, number, method, basis) for number in (1, 8)]
    dataset.pack(file, [systems[i] for i in done], calculations, atoms, method, basis, np.asarray(splits)[done])
    print(f"{file}: {len(done)} of {len(systems)} systems")


def check(path, indices, method, basis):
    file = dataset.read(path)
    systems = dataset.geometries_of(file)
    psi4 = electron_density.load_psi4()
    for row, number in enumerate((1, 8)):
        atom = electron_density.isolated_atom(psi4, number, method, basis)
        print("isolated %s: coefficients differ by %.1e" % (electron_density.SYMBOLS[number], abs(atom["coefficients"] - file["iso_coefficients"][row]).max()))
    for i in indices:
        atoms = slice(*file["mol_offsets"][i:i + 2])
        result = electron_density.compute(psi4, file["atomic_numbers"][atoms].tolist(), systems[i]["positions"], method, basis)
        print("system %d: energy differs by %.1e hartree, coefficients by %.1e, forces by %.1e hartree/bohr" % (
            i, result["energy"] - file["energies"][i], abs(result["coefficients"] - file["coefficients"][atoms]).max(),
            abs(result["forces"][:, dataset.TO_STORED] - file["forces"][atoms]).max()))


if __name__ == "__main__":
    main()
