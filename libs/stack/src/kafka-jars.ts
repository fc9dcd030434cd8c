import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, runProgram } from './child-server';
import hashes from './kafka-jars.json';

export const KAFKA_VERSION = '4.3.1';

/** Without a binding for slf4j the broker logs nothing. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.followthrough</groupId>
  <artifactId>kafka-for-development</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.4</version></dependency>
  </dependencies>
</project>
`;
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/** Outside the repository, shared by all checkouts of this user. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'followthrough');
}

const jarsFolder = (): string => join(cacheFolder(), `kafka-${KAFKA_VERSION}`);

/** What a Kafka broker on this machine wants, in a sentence that says how to get it; null: nothing. */
export function kafkaMissing(): string | null {
  if (!findProgram('java')) return 'Kafka needs Java 17 or newer: apt-get install openjdk-17-jre-headless';
  if (!existsSync(jarsFolder()) && !findProgram('mvn')) {
    return `Kafka's jars are not in ${jarsFolder()}, and Maven fetches them: apt-get install maven`;
  }
  return null;
}

/**
 * The folder with the jars of a broker, fetched from Maven Central when it is not there.
 * @throws Error where a jar is not the one whose hash is in `kafka-jars.json`
 */
export function kafkaJars(say: (line: string) => void = () => undefined): string {
  const folder = jarsFolder();
  if (!existsSync(folder)) {
    say(`Fetching Kafka ${KAFKA_VERSION} from Maven Central (once, 44 MB) ...`);
    mkdirSync(cacheFolder(), { recursive: true });
    const fresh = mkdtempSync(`${folder}-`);
    try {
      writeFileSync(join(fresh, 'pom.xml'), POM);
      const mvn = findProgram('mvn') ?? 'mvn';
      const args = ['-B', '-q', '-f', 'pom.xml', COPY, '-DoutputDirectory=jars', '-DincludeScope=runtime'];
      runProgram(mvn, args, fresh);
      verify(join(fresh, 'jars'));
      // Of two that fetch at once, the first makes the folder.
      if (!existsSync(folder)) renameSync(join(fresh, 'jars'), folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  verify(folder);
  return folder;
}

function verify(folder: string): void {
  for (const [jar, hash] of Object.entries(hashes)) {
    const path = join(folder, jar);
    const found = existsSync(path)
      ? createHash('sha256').update(readFileSync(path)).digest('hex')
      : 'missing';
    if (found === hash) continue;
    throw new Error(
      `${path} is not the jar that was tried (sha256 ${found}, expected ${hash}): delete ${folder}, then start again.`,
    );
  }
}
