// Preloaded before a program: at its end, writes a list of those of Node's modules that it has loaded.
const before = new Set(process.moduleLoadList);

process.on('exit', () => {
  const loaded = process.moduleLoadList
    .filter((module) => !before.has(module))
    .flatMap((module) => /^NativeModule (.*)/.exec(module)?.[1] ?? [])
    .sort();
  // Taken here, since an import would itself load what the list must show.
  const { writeFileSync } = process.getBuiltinModule('fs');
  writeFileSync('modules.json', JSON.stringify(loaded));
});
