// Loaded before every program of ours (`node --import ./scripts/check-node.mjs …`): says in one sentence that this Node is
// too old, instead of failing somewhere inside. Plain JavaScript, for old versions must be able to read it. Node must read
// TypeScript as it stands (22.18 and later do), and the store's driver needs Node 22.
import './compile-cache.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18) || major === 23) {
  console.error(
    `Hookbench needs Node 24 (or 22 from 22.18), and this is Node ${process.versions.node}. ` +
      'After "npm ci", "npm start" and "npm run serve" bring the right one along.',
  );
  process.exit(9);
}
