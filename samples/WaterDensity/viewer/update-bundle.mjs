// After `npm ci`: copies the viewer's minified build out of node_modules, and the licences of what is in it.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const inTheBundle = ["3dmol", "iobuffer", "netcdfjs", "pako", "upng-js"];
const licences = inTheBundle.map(name => {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
    return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
});
copyFileSync("node_modules/3dmol/build/3Dmol-min.js", "3Dmol-min.js");
writeFileSync("3Dmol-licences.txt", licences.join(`\n${"-".repeat(80)}\n\n`));
