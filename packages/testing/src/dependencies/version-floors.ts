/**
 * Versions with a known vulnerability, which the lockfile must not contain, and the latest advisory of each package. As of September 2026;
 * the workflow `audit.yml` finds later ones every week.
 */
export const VERSION_FLOORS: readonly { name: string; vulnerable: string; advisory: string }[] = [
  { name: '@babel/core', vulnerable: '<7.29.6', advisory: 'GHSA-4x5r-pxfx-6jf8' },
  { name: '@babel/helpers', vulnerable: '<7.26.10', advisory: 'CVE-2025-27789' },
  { name: '@babel/runtime', vulnerable: '<7.26.10', advisory: 'CVE-2025-27789' },
  {
    name: '@hono/node-server',
    vulnerable: '<1.19.15 || >=2.0.0 <2.0.10',
    advisory: 'GHSA-9mqv-5hh9-4cgg',
  },
  { name: '@modelcontextprotocol/sdk', vulnerable: '<1.26.0', advisory: 'CVE-2026-25536' },
  {
    name: '@trpc/server',
    vulnerable: '>=10.27.0 <10.45.3 || >=11.0.0 <11.8.0',
    advisory: 'CVE-2025-68130',
  },
  { name: '@xmldom/xmldom', vulnerable: '>=0.9.0 <0.9.12', advisory: 'CVE-2026-83610' },
  { name: 'better-auth', vulnerable: '<1.6.22', advisory: 'GHSA-qq9h-g4jm-xgf3' },
  { name: 'body-parser', vulnerable: '<1.20.3', advisory: 'CVE-2024-45590' },
  {
    name: 'brace-expansion',
    vulnerable: '<1.1.18 || >=2.0.0 <2.1.2 || >=5.0.0 <5.0.9',
    advisory: 'CVE-2026-69152',
  },
  { name: 'braces', vulnerable: '<3.0.3', advisory: 'CVE-2024-4068' },
  { name: 'cookie', vulnerable: '<0.7.0', advisory: 'CVE-2024-47764' },
  { name: 'cross-spawn', vulnerable: '<6.0.6 || >=7.0.0 <7.0.5', advisory: 'CVE-2024-21538' },
  { name: 'decode-uri-component', vulnerable: '<0.2.1', advisory: 'CVE-2022-38900' },
  { name: 'esbuild', vulnerable: '<0.25.0', advisory: 'GHSA-67mh-4wv8-2f99' },
  { name: 'fast-uri', vulnerable: '<3.1.5 || >=4.0.0 <4.1.2', advisory: 'CVE-2026-18446' },
  { name: 'glob', vulnerable: '>=10.2.0 <10.5.0 || >=11.0.0 <11.1.0', advisory: 'CVE-2025-64756' },
  { name: 'hono', vulnerable: '<4.13.5', advisory: 'CVE-2026-84363' },
  { name: 'jose', vulnerable: '<2.0.7 || >=3.0.0 <4.15.5', advisory: 'CVE-2024-28176' },
  {
    name: 'js-yaml',
    vulnerable: '<3.15.1 || >=4.0.0 <4.3.2 || >=5.0.0 <5.2.2',
    advisory: 'CVE-2026-84375',
  },
  { name: 'json5', vulnerable: '<1.0.2 || >=2.0.0 <2.2.2', advisory: 'CVE-2022-46175' },
  { name: 'kysely', vulnerable: '<0.28.17', advisory: 'GHSA-pv5w-4p9q-p3v2' },
  { name: 'markdown-it', vulnerable: '<14.2.0', advisory: 'GHSA-6v5v-wf23-fmfq' },
  { name: 'mdast-util-to-hast', vulnerable: '>=13.0.0 <13.2.1', advisory: 'CVE-2025-66400' },
  { name: 'micromatch', vulnerable: '<4.0.8', advisory: 'CVE-2024-4067' },
  { name: 'minimist', vulnerable: '<1.2.6', advisory: 'CVE-2021-44906' },
  { name: 'nanoid', vulnerable: '<3.3.18 || >=4.0.0 <5.1.16', advisory: 'CVE-2026-67213' },
  { name: 'node-forge', vulnerable: '<1.4.0', advisory: 'CVE-2026-33891' },
  { name: 'nodemailer', vulnerable: '<10.0.8', advisory: 'GHSA-prgh-xp8r-p3m5' },
  { name: 'on-headers', vulnerable: '<1.1.0', advisory: 'CVE-2025-7339' },
  { name: 'path-to-regexp', vulnerable: '<0.1.12', advisory: 'CVE-2024-52798' },
  { name: 'postcss', vulnerable: '<8.5.23', advisory: 'GHSA-fxqj-rqcc-2cmp' },
  {
    name: 'rollup',
    vulnerable: '<2.80.0 || >=3.0.0 <3.30.0 || >=4.0.0 <4.59.0',
    advisory: 'CVE-2026-27606',
  },
  {
    name: 'semver',
    vulnerable: '<5.7.2 || >=6.0.0 <6.3.1 || >=7.0.0 <7.5.2',
    advisory: 'CVE-2022-25883',
  },
  { name: 'send', vulnerable: '<0.19.0', advisory: 'CVE-2024-43799' },
  { name: 'serve-static', vulnerable: '<1.16.0', advisory: 'CVE-2024-43800' },
  { name: 'shell-quote', vulnerable: '<=1.8.4', advisory: 'CVE-2026-13311' },
  {
    name: 'tar-fs',
    vulnerable: '<1.16.6 || >=2.0.0 <2.1.4 || >=3.0.0 <3.1.1',
    advisory: 'CVE-2025-59343',
  },
  {
    name: 'undici',
    vulnerable: '<6.28.0 || >=7.0.0 <7.29.0 || >=8.0.0 <8.9.0',
    advisory: 'CVE-2026-13697',
  },
  {
    name: 'uuid',
    vulnerable: '<11.1.1 || >=12.0.0 <12.0.1 || >=13.0.0 <13.0.1',
    advisory: 'CVE-2026-41907',
  },
  {
    name: 'vite',
    vulnerable: '<6.4.3 || >=7.0.0 <7.3.5 || >=8.0.0 <8.0.16',
    advisory: 'CVE-2026-53571',
  },
  { name: 'vitest', vulnerable: '<4.1.11', advisory: 'CVE-2026-84373' },
  {
    name: 'ws',
    vulnerable: '<5.2.5 || >=6.0.0 <6.2.4 || >=7.0.0 <7.5.11 || >=8.0.0 <8.21.1',
    advisory: 'CVE-2026-62389',
  },
  { name: 'xml2js', vulnerable: '<0.5.0', advisory: 'CVE-2023-0842' },
]

/** Vulnerable versions that stay, and why the attack is impossible here; each must still be needed. */
export const ACCEPTED_VERSIONS: readonly { name: string; version: string; reason: string }[] = [
  {
    name: 'esbuild',
    version: '0.21.5',
    reason:
      "VitePress's Vite wants it; the development server in question serves the documentation",
  },
  {
    name: 'uuid',
    version: '7.0.3',
    reason: 'Expo names files of an Xcode project with it: random ids, which are not affected',
  },
  {
    name: 'vite',
    version: '5.4.21',
    reason:
      'VitePress wants it; its development server listens on loopback and serves the documentation',
  },
]
