"use strict";

// A packed field: base64 of gzip of little-endian half precision.
async function unpack(text) {
    const packed = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bytes = new DataView(await new Response(stream).arrayBuffer());
    return Float32Array.from({ length: bytes.byteLength / 2 }, (_, i) => fromHalf(bytes.getUint16(2 * i, true)));
}

function fromHalf(bits) {
    const sign = bits >> 15 ? -1 : 1, exponent = bits >> 10 & 31, fraction = (bits & 1023) / 1024;
    return sign * (exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14);
}

// The fields of a page. All views are sums of the packed parts: isolated atoms, deformation and error by degree l.
class Fields {
    static async unpack(packed) {
        const list = async texts => texts ? await Promise.all(texts.map(unpack)) : null;
        return new Fields(await unpack(packed.isolatedAtoms), await list(packed.deformation), await list(packed.error));
    }

    constructor(isolatedAtoms, deformation, error) {
        Object.assign(this, { isolatedAtoms, deformation, error, made: new Map() });
    }

    // A field by its name, and of it one degree or, l = "all", the sum over all.
    of(name, l) {
        const key = `${name} ${l}`;
        if (!this.made.has(key))
            this.made.set(key, this.make(name, l));
        return this.made.get(key);
    }

    make(name, l) {
        const part = list => l === "all" ? list : [list[l]];
        const atoms = l === "all" || l === "0" ? [this.isolatedAtoms] : [];
        switch (name) {
            case "density": return sum([...atoms, ...part(this.deformation)]);
            case "deformation": return sum(part(this.deformation));
            case "error": return sum(part(this.error));
            case "reference": return sum([...atoms, ...part(this.deformation)], part(this.error));
            default: throw new Error(`There is no field ${name}.`);
        }
    }
}

function sum(added, subtracted = []) {
    const result = new Float32Array(added[0].length);
    for (const field of added)
        field.forEach((value, i) => result[i] += value);
    for (const field of subtracted)
        field.forEach((value, i) => result[i] -= value);
    return result;
}

// For levels of |field| in descending order, what part of ∫|field| lies above each.
function enclosed(field, levels) {
    const above = new Float64Array(levels.length);
    let total = 0;
    for (const value of field) {
        const size = Math.abs(value);
        total += size;
        for (let i = levels.length - 1; i >= 0 && size >= levels[i]; i--)
            above[i] += size;
    }
    return Array.from(above, part => total > 0 ? part / total : 0);
}
