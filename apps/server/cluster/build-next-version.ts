import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { buildPrograms } from '@tollgate/testing/programs'

/** The path, which is also the bundler's name for the module. */
const MIGRATIONS_OF_BUNDLE =
  /"[^"]*packages\/metering\/src\/migrations\.ts"(?=, import\.meta\.url\))/

/** Typical changes of a migration: a table, and a column with a default. */
const NEW_MIGRATION = `
create table metering.of_the_next_version (bucket smallint not null, id uuid not null, primary key (bucket, id));
alter table metering.operation add column of_the_next_version boolean not null default false;
`

/**
 * Builds a server that could be the next version, with one more migration and a changed text of every routine. Returns its program, in
 * `folder`, and this version's.
 */
export async function buildNextVersion(folder: string): Promise<{ current: string; next: string }> {
  const { server: current } = await buildPrograms()
  const metering = path.join(folder, 'next-version')
  for (const part of ['schema', 'routines'])
    await cp(fileURLToPath(new URL(part, METERING_MIGRATIONS)), path.join(metering, part), {
      recursive: true,
    })
  await writeFile(path.join(metering, 'schema', '9999-next-version.sql'), NEW_MIGRATION)
  for (const file of await readdir(path.join(metering, 'routines')))
    await appendFile(path.join(metering, 'routines', file), '\n-- As the next version has it.\n')
  const text = await readFile(current, 'utf8')
  if (!MIGRATIONS_OF_BUNDLE.test(text)) throw new Error(`${current} names no migrations.`)
  const place = JSON.stringify(path.join(metering, 'src/migrations.ts'))
  // Next to this version's, because it finds its other files relative to itself.
  const next = path.join(path.dirname(current), 'server-next.js')
  await writeFile(next, text.replace(MIGRATIONS_OF_BUNDLE, place))
  return { current, next }
}
