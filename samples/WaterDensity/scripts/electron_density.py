"""Kohn-Sham densities with psi4, fitted to one auxiliary basis with the exact number of electrons.

A density is rho(r) = sum_A sum_k c[A,k] norm[Z,k] exp(-exponent[Z,k] d^2) Y_k(d), d = r - R_A in bohr, with real solid harmonics Y
(m ascending from -l to l, sum over m of Y(unit)^2 = 1). All atoms share one layout of 70 columns, 12x0e + 5x1o + 4x2e + 2x3o + 1x4e:
oxygen fills it, hydrogen uses 5x0e + 2x1o + 1x2e of it and leaves the rest zero.
"""
import os
import re
import sys
import tempfile

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(variable, "1")                    # one thread a process; run several processes instead

import numpy as np

MULTIPLICITIES = (12, 5, 4, 2, 1)                           # shells of l = 0 ... 4
COLUMNS = sum(n * (2 * l + 1) for l, n in enumerate(MULTIPLICITIES))
FIRST_COLUMN = np.cumsum([0] + [n * (2 * l + 1) for l, n in enumerate(MULTIPLICITIES)])
COLUMN_DEGREE = np.concatenate([[l] * (n * (2 * l + 1)) for l, n in enumerate(MULTIPLICITIES)])
SYMBOLS = {1: "H", 8: "O"}
AUXILIARY = "water-jfit-decontracted"


def load_psi4():
    """Imports psi4 (Debian keeps it outside Python's path) with the auxiliary basis where psi4 looks for basis sets."""
    folder = tempfile.mkdtemp()
    os.environ["PSIPATH"] = folder + ":" + os.environ.get("PSIPATH", "")
    sys.path.append("/usr/lib/x86_64-linux-gnu")
    import psi4
    source = os.path.join(psi4.core.get_datadir(), "basis", "def2-tzvp-jfit.gbs")      # psi4's name for def2-universal-jfit
    with open(os.path.join(folder, AUXILIARY + ".gbs"), "w") as file:
        file.write(decontracted(open(source), SYMBOLS.values()))
    psi4.core.IOManager.shared_object().set_default_path(folder)
    psi4.core.set_output_file(os.path.join(folder, "psi4.log"), False)
    psi4.set_num_threads(1)
    psi4.set_options({"scf_type": "df", "guess": "sad", "maxiter": 100, "e_convergence": 1e-8, "d_convergence": 1e-8})
    return psi4


def decontracted(lines, symbols):
    """A basis set in psi4's format with every primitive in a shell of its own. Of a contraction coefficient only the sign survives
    (psi4 normalises shells), which becomes the sign of the norm."""
    result, symbol, degree = ["spherical", "", "****"], None, None
    for line in lines:
        words = line.split()
        if not words or words[0].startswith("!") or words[0] == "spherical":
            continue
        if words[0] == "****":
            if symbol in symbols:
                result.append("****")
            symbol = None
        elif symbol is None:
            symbol = words[0].capitalize()
            if symbol in symbols:
                result.append(f"{symbol}     0")
        elif re.fullmatch("[A-Za-z]", words[0]):
            degree = words[0].upper()
        elif symbol in symbols:
            result += [f"{degree}   1   1.00", f"  {words[0]:>20s}  {words[1]:>18s}"]
    return "\n".join(result) + "\n"


class AuxiliaryBasis:
    """The auxiliary functions of a molecule: psi4's order on one side, [atom, 70] on the other."""

    def __init__(self, psi4, molecule):
        psi4.core.set_global_option("DF_BASIS_SCF", AUXILIARY)
        self.functions = psi4.core.BasisSet.build(molecule, "DF_BASIS_SCF", "", "JFIT", AUXILIARY, quiet=True)
        psi4.core.set_global_option("DF_BASIS_SCF", "")
        psi4.core.revoke_global_option_changed("DF_BASIS_SCF")
        self.atoms, self.size = molecule.natom(), self.functions.nbf()
        self.shells, copies = [], {}                        # (atom, l, copy, exponent, norm, first function)
        first = 0
        for i in range(self.functions.nshell()):
            shell = self.functions.shell(i)
            assert shell.nprimitive == 1 and shell.nfunction == 2 * shell.am + 1
            copy = copies[shell.ncenter, shell.am] = copies.get((shell.ncenter, shell.am), -1) + 1
            self.shells.append((shell.ncenter, shell.am, copy, shell.exp(0), shell.coef(0), first))
            first += shell.nfunction

    def charges(self):
        """Electrons in each function."""
        result = np.zeros(self.size)
        for _, l, _, exponent, norm, first in self.shells:
            if l == 0:
                result[first] = norm * (np.pi / exponent) ** 1.5
        return result

    def dipoles(self, centres):
        """[3, function]: integral of each function times x, y, z."""
        result = np.zeros((3, self.size))
        charges = self.charges()
        for atom, l, _, exponent, norm, first in self.shells:
            if l == 0:
                result[:, first] = charges[first] * centres[atom]
            if l == 1:                                      # psi4's order is z, x, y
                result[2, first] = result[0, first + 1] = result[1, first + 2] = norm * (np.pi / exponent) ** 1.5 / (2 * exponent)
        return result

    def pack(self, values):
        """[function] in psi4's order (m = 0, 1, -1, 2, -2, ...) to [atom, 70] with m ascending."""
        result = np.zeros((self.atoms, COLUMNS))
        for atom, l, copy, _, _, first in self.shells:
            ascending = [2 * -m if m < 0 else max(0, 2 * m - 1) for m in range(-l, l + 1)]
            column = FIRST_COLUMN[l] + copy * (2 * l + 1)
            result[atom, column:column + 2 * l + 1] = values[first:first + 2 * l + 1][ascending]
        return result

    def table(self, property_of_shell):
        """[atom, 70]: a property of the shells, zero in padding."""
        values = np.zeros(self.size)
        for shell in self.shells:
            values[shell[5]:shell[5] + 2 * shell[1] + 1] = property_of_shell(shell)
        return self.pack(values)


def fit(psi4, orbitals, auxiliary, density_matrix, electrons):
    """Coefficients that minimise the Coulomb self-energy of the error under the constraint that the electrons are exact, and the number of electrons
    without the constraint."""
    zero = psi4.core.BasisSet.zero_ao_basis_set()
    integrals = psi4.core.MintsHelper(orbitals)
    three = np.squeeze(np.asarray(integrals.ao_eri(auxiliary.functions, zero, orbitals, orbitals)), axis=1)
    coulomb = np.asarray(integrals.ao_eri(auxiliary.functions, zero, auxiliary.functions, zero)).reshape(auxiliary.size, auxiliary.size)
    eigenvalues, vectors = np.linalg.eigh(coulomb)
    inverse = np.where(eigenvalues < 1e-10, 0, 1 / eigenvalues)

    charges = auxiliary.charges()
    free = vectors @ (inverse * (vectors.T @ np.einsum("Pmn,mn->P", three, density_matrix, optimize=True)))
    direction = vectors @ (inverse * (vectors.T @ charges))
    return free + (electrons - charges @ free) / (charges @ direction) * direction, charges @ free


def make_molecule(psi4, numbers, positions, multiplicity):
    lines = [f"0 {multiplicity}"] + ["%s %.12f %.12f %.12f" % (SYMBOLS[z], *r) for z, r in zip(numbers, positions)]
    molecule = psi4.geometry("\n".join(lines + ["units angstrom", "symmetry c1", "no_reorient", "no_com"]))
    molecule.update_geometry()
    return molecule


def compute(psi4, numbers, positions, method, basis, multiplicity=1, forces=True, options=None):
    """One calculation; positions in angstrom, everything else in atomic units, in the frame of the positions."""
    psi4.core.clean()
    psi4.core.clean_variables()
    molecule = make_molecule(psi4, numbers, positions, multiplicity)
    psi4.set_options({"basis": basis, "reference": "rks" if multiplicity == 1 else "uks", **(options or {})})
    energy, wavefunction = psi4.energy(method, return_wfn=True, molecule=molecule)
    gradient = np.asarray(psi4.gradient(method, molecule=molecule, ref_wfn=wavefunction)) if forces else np.zeros((len(numbers), 3))
    density_matrix = np.asarray(wavefunction.Da()) + np.asarray(wavefunction.Db())

    auxiliary = AuxiliaryBasis(psi4, molecule)
    coefficients, unconstrained = fit(psi4, wavefunction.basisset(), auxiliary, density_matrix, sum(numbers))
    centres = np.asarray(molecule.geometry())
    nuclei = np.array(numbers, float) @ centres
    integrals = psi4.core.MintsHelper(wavefunction.basisset())
    return dict(
        energy=energy, forces=-gradient, coefficients=auxiliary.pack(coefficients), electrons_unconstrained=unconstrained,
        dipole=nuclei + np.array([np.vdot(np.asarray(m), density_matrix) for m in integrals.ao_dipole()]),
        dipole_fit=nuclei - auxiliary.dipoles(centres) @ coefficients,
        auxiliary=auxiliary)


def isolated_atom(psi4, number, method, basis):
    """A neutral, spherical atom: hydrogen 2S; oxygen 3P with the beta electron of the 2p shell spread evenly over its three orbitals."""
    spread = {} if number == 1 else {"frac_start": 1, "frac_occ": [-3, -4, -5], "frac_val": [1 / 3] * 3, "frac_renormalize": False}
    atom = compute(psi4, [number], np.zeros((1, 3)), method, basis, multiplicity=2 if number == 1 else 3, forces=False, options=spread)
    psi4.core.set_global_option("FRAC_START", 0)
    auxiliary = atom["auxiliary"]
    coefficients = atom["coefficients"][0]
    assert abs(coefficients[FIRST_COLUMN[1]:]).max() < 1e-6, "the atom is not spherical"
    coefficients[FIRST_COLUMN[1]:] = 0
    return dict(
        energy=atom["energy"], coefficients=coefficients,
        exponents=auxiliary.table(lambda shell: shell[3])[0], norms=auxiliary.table(lambda shell: shell[4])[0], charges=auxiliary.pack(auxiliary.charges())[0])
