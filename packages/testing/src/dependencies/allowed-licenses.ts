/** SPDX identifiers of the licenses that dependencies may have. */
const ALLOWED_LICENSES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Covers its own files, not what links them; we change none.
  'MPL-2.0',
  // Fonts.
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
])

/** Packages whose manifest names no allowed license, their license, and how we know it or why it does not matter. */
export const LICENSE_EXCEPTIONS: readonly { name: string; license: string; reason: string }[] = [
  ...['nextjs', 'react', 'server', 'shared'].map((name) => ({
    name: `@flowglad/${name}`,
    license: 'MIT',
    reason: 'no field in the manifest; the README of the package names MIT',
  })),
  {
    name: 'rollup-plugin-dts',
    license: 'LGPL-3.0-only',
    reason: 'a development tool: it writes declarations and is in none of them',
  },
  {
    name: 'spawndamnit',
    license: 'MIT',
    reason: 'points to its LICENSE file, which is MIT; a development tool',
  },
]

/** Whether a license expression can be satisfied with allowed licenses only. */
export function isAllowedLicense(expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').split(' OR ')
  return alternatives.some((alternative) =>
    alternative.split(' AND ').every((license) => ALLOWED_LICENSES.has(license)),
  )
}
