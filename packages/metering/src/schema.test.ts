import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** Every file of `schema/` with its SHA-256. New files add lines; existing lines never change. */
const APPLIED = {
  '0001-set-landed-version-aside.sql':
    'ee2348bf0989ea63709aa1f590876c539e30feb12e2b68681648310aabf4a5f1',
  '0002-tables.sql': '0b973e18568c6366a57840f572ca147871e7a3b5f2b1929cfb7ea2003a7762d8',
  '0003-copy-landed-version.sql':
    'baa9f077b4d45e26861d7f4ed08147efb62b881542729665bdcf06f16da91926',
  '0004-balance-changes.sql': '16b32348a2817ed889fafcaae7ec7953b109b116822bda9f3f684f65b52ff2c0',
  '0005-charge-once-per-result.sql':
    '6edcd1efa042d133b2a0a31be8f9374d6059dee8cc846b4a7ac9e0cb6539b76c',
  '0006-name-unassigned-events.sql':
    'f46458070d9b77ddf159addb6fafa12d4aa48276f4bcace90d0d937d7016da03',
  '0007-spend-limits.sql': '066695f4d5f4dca9ef9d7503c1964d6d19e72316d5c5303e26d3baafe4f7a7e3',
  '0008-usage-changes.sql': 'c46dc5dea7117cb674681450ef6878baf6159fca80dad366acdcaad2f84097d2',
  '0009-aged-operations.sql': '39ea589e8aef6623bc71a022bd6113a78322a91024a51e56a2073763c6cb5d5e',
  '0010-operator-changes.sql': '27e52914f0f1cb115fdd3498cc0d5c30a176eb80830d06dbf13f17f569d1df4b',
  '0011-provider-costs.sql': 'd07f106a3bc3298b29a685f9ea881a854e07e90fac30004347851fcbc98fb9d1',
}

const SCHEMA = new URL('../schema/', import.meta.url)

it('leaves every schema file as it was applied: a change of a table is a new file', async () => {
  const files = (await readdir(SCHEMA)).toSorted()
  const found = await Promise.all(
    files.map(async (file) => {
      const text = (await readFile(new URL(file, SCHEMA), 'utf8')).replaceAll('\r\n', '\n')
      return [file, createHash('sha256').update(text).digest('hex')]
    }),
  )
  expect(Object.fromEntries(found)).toEqual(APPLIED)
})
