import { globSync, readFileSync } from 'node:fs';

test('every export of the server, its commands and its benchmarks has a doc sentence', () => {
  const files = ['server/**/*.ts', 'scripts/**/*.ts', 'bench/*.ts', 'views/assets/*.js'].flatMap((pattern) =>
    globSync(pattern),
  );
  expect(files.length).toBeGreaterThan(80);
  const bare = files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const isExport = /^export (default )?(async )?(function|const|let|class|interface|type)\b/.test(line);
      return isExport && !lines[index - 1]?.endsWith('*/') ? [`${file}:${index + 1} ${line}`] : [];
    });
  });
  expect(bare).toEqual([]);
});
