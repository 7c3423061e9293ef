"""The file that the program reads: safetensors, everything in e3nn's frame."""
import hashlib
import json
import struct

import numpy as np

from electron_density import COLUMN_DEGREE

TO_STORED = [1, 2, 0]                                       # stored (x, y, z) = laboratory (y, z, x), a proper rotation; so m ascending is e3nn's order
TO_LABORATORY = [2, 0, 1]
TRAIN, VALIDATION, TEST = 0, 1, 2
LARGEST_TRAINED = 4
TYPES = {"float64": "F64", "int64": "I64", "int32": "I32", "uint8": "U8"}


def split(geometries):
    """Larger clusters than tetramers are for tests only, and so is the last trajectory of each size; what is not a snapshot is dealt out 80/10/10 by a hash."""
    last = {g["waters"]: g["trajectory"] for g in geometries if g["trajectory"] >= 0}
    result = np.full(len(geometries), TRAIN, np.int32)
    for waters in {g["waters"] for g in geometries}:
        members = [i for i, g in enumerate(geometries) if g["waters"] == waters]
        others = sorted((i for i in members if geometries[i]["trajectory"] < 0), key=lambda i: hashlib.sha256(b"%d" % i).hexdigest())
        tenth = max(1, len(others) // 10)
        result[others[:tenth]], result[others[tenth:2 * tenth]] = TEST, VALIDATION
        result[[i for i in members if waters > LARGEST_TRAINED or geometries[i]["trajectory"] == last.get(waters, -2)]] = TEST
    return result


def pack(path, geometries, calculations, atoms, method, basis, splits):
    """geometries, calculations and splits go together one by one; atoms are the isolated H and O."""
    sizes = [3 * g["waters"] for g in geometries]
    join = lambda key: np.concatenate([c[key] for c in calculations])
    stack = lambda key: np.array([c[key] for c in calculations])
    tensors = dict(
        mol_offsets=np.cumsum([0] + sizes).astype(np.int64), geometry_index=np.array([g["index"] for g in geometries], np.int64),
        atomic_numbers=np.tile(np.array([8, 1, 1], np.int32), sum(sizes) // 3),
        positions=np.concatenate([g["positions"] for g in geometries])[:, TO_STORED],
        coefficients=join("coefficients"), forces=join("forces")[:, TO_STORED], energies=stack("energy"),
        dipoles=stack("dipole")[:, TO_STORED], dipoles_fit=stack("dipole_fit")[:, TO_STORED], n_electrons_unconstrained=stack("electrons_unconstrained"),
        n_waters=np.array([g["waters"] for g in geometries], np.int32), kind=np.array([g["kind"] for g in geometries], np.int32),
        trajectory=np.array([g["trajectory"] for g in geometries], np.int32), split=np.asarray(splits, np.int32),
        species=np.array([1, 8], np.int32), iso_coefficients=np.array([a["coefficients"] for a in atoms]), iso_energies=np.array([a["energy"] for a in atoms]),
        exponents=np.array([a["exponents"] for a in atoms]), norms=np.array([a["norms"] for a in atoms]), s_charges=np.array([a["charges"] for a in atoms]),
        mask=(np.array([a["norms"] for a in atoms]) != 0).astype(np.uint8), column_l=COLUMN_DEGREE.astype(np.int32))
    write(path, tensors, dict(
        format="water-density-1", level=f"{method.upper()}/{basis}", program="psi4, density-fitted SCF, e_convergence 1e-8, d_convergence 1e-8",
        irreps="12x0e+5x1o+4x2e+2x3o+1x4e", aux_basis="def2-universal-jfit decontracted (psi4 def2-tzvp-jfit, one primitive per shell)",
        frame="e3nn: stored (x,y,z) = lab (y,z,x); positions, forces, dipoles and coefficients are all in this one frame",
        formula="rho(r)=sum_A sum_k c[A,k]*norm[Z,k]*exp(-exponent[Z,k]*d^2)*Y_k(d), d=r-R_A in bohr, Y=e3nn spherical harmonics, normalize=False, "
                "normalization=norm; rho in electrons/bohr^3",
        units="positions angstrom; energies hartree; forces hartree/bohr (minus gradient); dipoles e*bohr; exponents bohr^-2", bohr_in_angstrom="0.52917721067",
        kind="0 distorted monomer, 1 random cluster, 2 GFN2-xTB MD 300 K snapshot", split="0 train, 1 validation, 2 test"))


def write(path, tensors, metadata):
    header, offset = {"__metadata__": metadata}, 0
    ordered = sorted(tensors.items(), key=lambda item: -item[1].dtype.itemsize)         # the widest first keeps all aligned
    for name, array in ordered:
        header[name] = {"dtype": TYPES[array.dtype.name], "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, array in ordered:
            file.write(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes())


def read(path):
    data = open(path, "rb").read()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    types = {code: np.dtype(name).newbyteorder("<") for name, code in TYPES.items()}
    return {name: np.frombuffer(data[8 + length + t["data_offsets"][0]:8 + length + t["data_offsets"][1]], types[t["dtype"]]).reshape(t["shape"])
            for name, t in header.items()}


def geometries_of(file):
    """The geometries of a packed file, in the laboratory frame."""
    bounds = file["mol_offsets"]
    return [dict(index=int(file["geometry_index"][i]), waters=int(file["n_waters"][i]), kind=int(file["kind"][i]), trajectory=int(file["trajectory"][i]),
                 positions=file["positions"][bounds[i]:bounds[i + 1]][:, TO_LABORATORY]) for i in range(len(bounds) - 1)]
