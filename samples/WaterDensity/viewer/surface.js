"use strict";

// The surface where sign · values = level, by surface nets: every cell of the grid that the surface passes through gets one vertex, the mean
// of the points where it crosses the cell's edges, and every crossed edge of the grid one square between the four cells around it. The
// normals point to lower values. `values` has z running fastest, `counts` points along x, y, z.
function isosurface(values, counts, origin, spacing, level, sign) {
    const step = [counts[1] * counts[2], counts[2], 1];
    const corners = [0, 1, 2, 3, 4, 5, 6, 7].map(c => (c & 1) * step[0] + (c >> 1 & 1) * step[1] + (c >> 2) * step[2]);
    const edges = [];
    for (let a = 0; a < 8; a++) {
        for (const bit of [1, 2, 4]) {
            if (!(a & bit))
                edges.push([a, a | bit]);
        }
    }
    const vertexOf = new Map(), vertices = [], faces = [], f = new Float64Array(8);

    function addVertex(cell, x, y, z) {
        let crossings = 0, sum = [0, 0, 0];
        for (const [a, b] of edges) {
            if (f[a] > 0 === f[b] > 0)
                continue;
            const t = f[a] / (f[a] - f[b]);
            for (let axis = 0; axis < 3; axis++)
                sum[axis] += (a >> axis & 1) + t * ((b >> axis & 1) - (a >> axis & 1));
            crossings++;
        }
        vertexOf.set(cell, vertices.length);
        const at = (axis, i) => origin[axis] + spacing * (i + sum[axis] / crossings);
        vertices.push({ x: at(0, x), y: at(1, y), z: at(2, z) });
    }

    // The square around the edge from a cell's first corner along an axis; all cells that it joins have been visited.
    function addSquare(cell, axis) {
        const u = step[(axis + 1) % 3], v = step[(axis + 2) % 3];
        const [p, q, r, s] = [cell - u - v, cell - v, cell, cell - u].map(c => vertexOf.get(c));
        if (f[0] > 0)
            faces.push(p, q, r, r, s, p);
        else
            faces.push(p, s, r, r, q, p);
    }

    for (let x = 0; x + 1 < counts[0]; x++) {
        for (let y = 0; y + 1 < counts[1]; y++) {
            for (let z = 0; z + 1 < counts[2]; z++) {
                const cell = x * step[0] + y * step[1] + z;
                let inside = 0;
                for (let c = 0; c < 8; c++) {
                    f[c] = sign * values[cell + corners[c]] - level;
                    inside += f[c] > 0;
                }
                if (inside === 0 || inside === 8)
                    continue;
                addVertex(cell, x, y, z);
                if (f[0] > 0 !== f[1] > 0 && y > 0 && z > 0)
                    addSquare(cell, 0);
                if (f[0] > 0 !== f[2] > 0 && z > 0 && x > 0)
                    addSquare(cell, 1);
                if (f[0] > 0 !== f[4] > 0 && x > 0 && y > 0)
                    addSquare(cell, 2);
            }
        }
    }
    return { vertices, faces };
}
