// Runs in a page before its own scripts: listens for trouble and, once the page is there, visits views by their fragments and leaves a report, JSON in an element, for PageTests.
"use strict";

const trouble = [];
addEventListener("error", event => trouble.push(event.message));
addEventListener("unhandledrejection", event => trouble.push(String(event.reason)));
document.addEventListener("securitypolicyviolation", event => trouble.push(`blocked: ${event.blockedURI}`));
for (const kind of ["error", "warn"])
    console[kind] = (...words) => trouble.push(words.join(" "));

async function visit(view) {
    const changed = new Promise(resolve => addEventListener("hashchange", resolve, { once: true }));
    location.hash = view;
    await changed;
    const { field, l, isovalue, positive, negative } = document.body.dataset;
    return { field, l, isovalue: Number(isovalue), positive: Number(positive), negative: Number(negative), picture: hash(page.viewer.pngURI()) };
}

function hash(text) {
    let sum = 0;
    for (let i = 0; i < text.length; i++)
        sum = (31 * sum + text.charCodeAt(i)) | 0;
    return sum;
}

// How far the sum of the parts of a field is from the whole.
function compareSum(name) {
    const whole = page.fields.of(name, "all"), parts = ["0", "1", "2", "3", "4"].map(l => page.fields.of(name, l));
    let largest = 0, largestDifference = 0;
    whole.forEach((value, i) => {
        largest = Math.max(largest, value);
        largestDifference = Math.max(largestDifference, Math.abs(value - parts.reduce((sum, part) => sum + part[i], 0)));
    });
    return { largest, largestDifference };
}

// The isosurface 1 of 2 − r², sampled on a grid whose three sides differ.
function ball() {
    const counts = [29, 31, 33], origin = [-1.4, -1.5, -1.6], values = [], r = v => Math.hypot(v.x, v.y, v.z);
    for (let x = 0; x < 29; x++) {
        for (let y = 0; y < 31; y++) {
            for (let z = 0; z < 33; z++)
                values.push(2 - r({ x: -1.4 + 0.1 * x, y: -1.5 + 0.1 * y, z: -1.6 + 0.1 * z }) ** 2);
        }
    }
    const { vertices, faces } = isosurface(values, counts, origin, 0.1, 1, 1);
    const edges = new Set();
    let inward = 0;
    for (let i = 0; i < faces.length; i += 3) {
        const corners = faces.slice(i, i + 3), [a, b, c] = corners.map(k => vertices[k]);
        corners.forEach((k, j) => edges.add([k, corners[(j + 1) % 3]].sort((p, q) => p - q).join()));
        const u = [b.x - a.x, b.y - a.y, b.z - a.z], v = [c.x - a.x, c.y - a.y, c.z - a.z];
        inward += (u[1] * v[2] - u[2] * v[1]) * a.x + (u[2] * v[0] - u[0] * v[2]) * a.y + (u[0] * v[1] - u[1] * v[0]) * a.z <= 0;
    }
    return {
        vertices: vertices.length, euler: vertices.length - edges.size + faces.length / 3, inward,
        largestDistance: Math.max(...vertices.map(vertex => Math.abs(r(vertex) - 1))),
    };
}

addEventListener("load", async () => {
    await started;
    const views = [];
    for (const view of VIEWS)
        views.push(await visit(view));
    const report = document.createElement("pre");
    report.id = "report";
    report.textContent = JSON.stringify({
        trouble, views, sums: Object.fromEntries(page.names.map(name => [name, compareSum(name)])), sphere: ball(),
        requests: performance.getEntriesByType("resource").length,
        saysThatThereIsNoReference: !document.getElementById("no-reference").hidden,
    });
    document.body.append(report);
});
