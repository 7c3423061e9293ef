"use strict";

const BOHR = 0.52917721067;                                        // in Å, the unit of the scene
const DEGREES = ["all", "0", "1", "2", "3", "4"];
const LOWEST = 1e-5, HIGHEST = 10 ** 0.5;                          // isovalues on offer
const COLORS = { positive: "#c8102e", negative: "#1f5fbf" };

const element = id => document.getElementById(id);
const number = value => value.toPrecision(3).replace(/\.?0+(e|$)/, "$1");

// What is drawn lies in the fragment of the address too, #field=error&l=2&iso=0.001, so that it can be linked to.
class Page {
    constructor(data, fields, viewer) {
        Object.assign(this, { data, fields, viewer, shapes: [], isovalues: new Map() });
        this.names = fields.error ? ["density", "deformation", "reference", "error"] : ["density", "deformation"];
        this.addMolecule();
        this.listen();
        this.readAddress();
    }

    addMolecule() {
        const { symbols, positions } = this.data;
        const lines = symbols.map((symbol, i) => [symbol, ...positions.slice(3 * i, 3 * i + 3).map(x => x * BOHR)].join(" "));
        this.viewer.addModel([symbols.length, "", ...lines].join("\n"), "xyz");
        this.viewer.setStyle({}, { stick: { radius: 0.09 }, sphere: { scale: 0.22 } });
        this.viewer.zoomTo();
        this.turnFlatSideToReader();
        this.viewer.zoom(1.1);
    }

    // The first view is along the axis on which the molecule is thinnest.
    turnFlatSideToReader() {
        const extents = [0, 1, 2].map(axis => {
            const along = this.data.positions.filter((_, i) => i % 3 === axis);
            return Math.max(...along) - Math.min(...along);
        });
        const thinnest = extents.indexOf(Math.min(...extents));
        if (thinnest < 2)
            this.viewer.rotate(thinnest === 0 ? -90 : 90, thinnest === 0 ? "y" : "x");
    }

    listen() {
        const controls = element("controls");
        controls.addEventListener("submit", event => event.preventDefault());
        for (const name of ["reference", "error"])
            controls.querySelector(`[value=${name}]`).disabled = !this.names.includes(name);
        element("no-reference").hidden = this.names.includes("error");

        for (const input of controls.querySelectorAll("[type=radio]"))
            input.addEventListener("change", () => this.show({ field: controls.elements.field.value, l: controls.elements.l.value }, true));
        element("slider").addEventListener("input", () => this.show({ isovalue: Number(number(10 ** element("slider").value)) }));
        element("slider").addEventListener("change", () => this.writeAddress());
        element("isovalue").addEventListener("change", () => this.show({ isovalue: Number(element("isovalue").value) }, true));
        element("opacity").addEventListener("input", () => this.show({}));
        element("wireframe").addEventListener("change", () => this.show({}));
        window.addEventListener("hashchange", () => this.readAddress());

        const keys = {
            ArrowLeft: v => v.rotate(-10, "y"), ArrowRight: v => v.rotate(10, "y"), ArrowUp: v => v.rotate(-10, "x"),
            ArrowDown: v => v.rotate(10, "x"), "+": v => v.zoom(1.15), "=": v => v.zoom(1.15), "-": v => v.zoom(1 / 1.15),
            r: v => v.setView(this.home),
        };
        this.home = this.viewer.getView();
        // 3Dmol.js keeps a click from giving focus.
        element("viewer").addEventListener("mousedown", () => element("viewer").focus());
        element("viewer").addEventListener("keydown", event => {
            const act = keys[event.key] ?? keys[event.key.toLowerCase()];
            if (!act || event.ctrlKey || event.metaKey || event.altKey)
                return;
            act(this.viewer);
            this.viewer.render();
            event.preventDefault();
        });
    }

    address() {
        return `#${new URLSearchParams({ field: this.field, l: this.l, iso: this.isovalue })}`;
    }

    readAddress() {
        if (location.hash === this.address())
            return;
        const asked = new URLSearchParams(location.hash.slice(1)), field = asked.get("field"), l = asked.get("l");
        this.show({
            field: this.names.includes(field) ? field : "density",
            l: DEGREES.includes(l) ? l : "all",
            isovalue: Number(asked.get("iso")),
        });
    }

    writeAddress() {
        location.replace(this.address());
    }

    // Draws a view; what is not given stays. The first look at a field chooses an isovalue by itself.
    show({ field = this.field, l = this.l, isovalue }, remember = false) {
        const key = `${field} ${l}`;
        if (isovalue > 0)
            this.isovalues.set(key, Math.min(HIGHEST, Math.max(LOWEST, isovalue)));
        else if (!this.isovalues.has(key))
            this.isovalues.set(key, this.firstIsovalue(field, l));
        Object.assign(this, { field, l, isovalue: this.isovalues.get(key) });
        this.draw();
        this.describe();
        if (remember)
            this.writeAddress();
    }

    // The whole density is shown nearly to its outskirts, what has two signs where most of it is.
    firstIsovalue(field, l) {
        const enough = l === "all" && (field === "density" || field === "reference") ? 0.9 : 0.6;
        const levels = Array.from({ length: 56 }, (_, i) => HIGHEST * 10 ** (-i / 10));          // down to LOWEST
        const first = enclosed(this.fields.of(field, l), levels).findIndex(part => part >= enough);
        return Number(levels[first < 0 ? levels.length - 1 : first].toPrecision(1));
    }

    draw() {
        const { counts, origin, spacing } = this.data, values = this.fields.of(this.field, this.l);
        for (const shape of this.shapes)
            this.viewer.removeShape(shape);
        this.shapes = [];
        this.drawn = {};
        for (const sign of ["positive", "negative"]) {
            const { vertices, faces } = isosurface(
                values, counts, origin.map(x => x * BOHR), spacing * BOHR, this.isovalue, sign === "positive" ? 1 : -1);
            this.drawn[sign] = vertices.length;
            if (faces.length > 0) {
                this.shapes.push(this.viewer.addCustom({
                    vertexArr: vertices, faceArr: faces, normalArr: [], color: COLORS[sign],
                    opacity: Number(element("opacity").value), wireframe: element("wireframe").checked,
                }));
            }
        }
        this.viewer.render();
    }

    describe() {
        const { elements } = element("controls"), iso = number(this.isovalue), { positive, negative } = this.drawn;
        elements.field.value = this.field;
        elements.l.value = this.l;
        element("slider").value = Math.log10(this.isovalue);
        element("isovalue").value = iso;
        const none = count => count > 0 ? "" : " (nowhere)";
        element("positive").textContent = `+${iso} e/bohr³${none(positive)}`;
        element("negative").textContent = `−${iso} e/bohr³${none(negative)}`;
        const [inside] = enclosed(this.fields.of(this.field, this.l), [this.isovalue]);
        element("enclosed").textContent = `${Math.round(100 * inside)} % of ∫|field| lies inside.`;

        const what = elements.field[this.names.indexOf(this.field)].parentElement.textContent.trim();
        const part = this.l === "all" ? "" : `, part of degree l = ${this.l}`;
        element("viewer").setAttribute("aria-label", `Isosurfaces of ${what}${part} at ±${iso} e/bohr³ around the molecule`);
        element("status").textContent = `${what}${part}: ${positive + negative} vertices.`;
        Object.assign(document.body.dataset, { field: this.field, l: this.l, isovalue: this.isovalue, positive, negative });
    }
}

function fail(text) {
    element("message").textContent = text;
    element("message").hidden = false;
    document.body.dataset.failure = text;
}

async function start() {
    const canvas = document.createElement("canvas");
    if (!canvas.getContext("webgl2"))
        return fail("This picture needs WebGL 2, which this browser does not have or has switched off.");
    if (typeof DecompressionStream === "undefined")
        return fail("This page needs a browser of 2023 or later: this one cannot unpack its data.");
    const data = JSON.parse(element("data").textContent);
    const viewer = $3Dmol.createViewer(element("viewer"), { backgroundColor: "white", disableFog: true, cartoonQuality: 10 });
    window.page = new Page(data, await Fields.unpack(data.fields), viewer);
    document.body.dataset.ready = "true";
}

// Settled once everything is drawn or has failed.
const started = start().catch(error => fail(`The picture cannot be drawn: ${error.message ?? error}`));
