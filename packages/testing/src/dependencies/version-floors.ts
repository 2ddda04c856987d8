/** Versions with a known vulnerability, which the lockfile must not have; the advisory says what they are open to. */
export const VERSION_FLOORS: readonly { name: string; vulnerable: string; advisory: string }[] = [
  { name: '@babel/helpers', vulnerable: '<7.26.10', advisory: 'CVE-2025-27789' },
  { name: '@babel/runtime', vulnerable: '<7.26.10', advisory: 'CVE-2025-27789' },
  { name: '@trpc/server', vulnerable: '>=11.0.0 <11.1.1', advisory: 'CVE-2025-43855' },
  { name: 'better-auth', vulnerable: '<1.3.26', advisory: 'CVE-2025-61928' },
  { name: 'body-parser', vulnerable: '<1.20.3', advisory: 'CVE-2024-45590' },
  { name: 'brace-expansion', vulnerable: '<1.1.12 || >=2.0.0 <2.0.2', advisory: 'CVE-2025-5889' },
  { name: 'braces', vulnerable: '<3.0.3', advisory: 'CVE-2024-4068' },
  { name: 'cookie', vulnerable: '<0.7.0', advisory: 'CVE-2024-47764' },
  { name: 'cross-spawn', vulnerable: '<6.0.6 || >=7.0.0 <7.0.5', advisory: 'CVE-2024-21538' },
  { name: 'decode-uri-component', vulnerable: '<0.2.1', advisory: 'CVE-2022-38900' },
  { name: 'esbuild', vulnerable: '<0.25.0', advisory: 'GHSA-67mh-4wv8-2f99' },
  { name: 'glob', vulnerable: '>=10.2.0 <10.5.0 || >=11.0.0 <11.1.0', advisory: 'CVE-2025-64756' },
  { name: 'hono', vulnerable: '<4.10.3', advisory: 'CVE-2025-62610' },
  { name: 'jose', vulnerable: '<2.0.7 || >=3.0.0 <4.15.5', advisory: 'CVE-2024-28176' },
  { name: 'js-yaml', vulnerable: '<3.14.2 || >=4.0.0 <4.1.1', advisory: 'CVE-2025-64718' },
  { name: 'json5', vulnerable: '<1.0.2 || >=2.0.0 <2.2.2', advisory: 'CVE-2022-46175' },
  { name: 'mdast-util-to-hast', vulnerable: '>=13.0.0 <13.2.1', advisory: 'CVE-2025-66400' },
  { name: 'micromatch', vulnerable: '<4.0.8', advisory: 'CVE-2024-4067' },
  { name: 'minimist', vulnerable: '<1.2.6', advisory: 'CVE-2021-44906' },
  { name: 'nanoid', vulnerable: '<3.3.8 || >=4.0.0 <5.0.9', advisory: 'CVE-2024-55565' },
  { name: 'node-forge', vulnerable: '<1.3.2', advisory: 'CVE-2025-12816' },
  { name: 'on-headers', vulnerable: '<1.1.0', advisory: 'CVE-2025-7339' },
  { name: 'path-to-regexp', vulnerable: '<0.1.12', advisory: 'CVE-2024-52798' },
  { name: 'postcss', vulnerable: '<8.4.31', advisory: 'CVE-2023-44270' },
  {
    name: 'rollup',
    vulnerable: '<2.79.2 || >=3.0.0 <3.29.5 || >=4.0.0 <4.22.4',
    advisory: 'CVE-2024-47068',
  },
  {
    name: 'semver',
    vulnerable: '<5.7.2 || >=6.0.0 <6.3.1 || >=7.0.0 <7.5.2',
    advisory: 'CVE-2022-25883',
  },
  { name: 'send', vulnerable: '<0.19.0', advisory: 'CVE-2024-43799' },
  { name: 'serve-static', vulnerable: '<1.16.0', advisory: 'CVE-2024-43800' },
  { name: 'shell-quote', vulnerable: '<1.7.3', advisory: 'CVE-2021-42740' },
  {
    name: 'tar-fs',
    vulnerable: '<1.16.6 || >=2.0.0 <2.1.4 || >=3.0.0 <3.1.1',
    advisory: 'CVE-2025-59343',
  },
  {
    name: 'undici',
    vulnerable: '<5.29.0 || >=6.0.0 <6.21.2 || >=7.0.0 <7.5.0',
    advisory: 'CVE-2025-47279',
  },
  {
    name: 'vite',
    vulnerable: '<5.4.21 || >=6.0.0 <6.4.1 || >=7.0.0 <7.1.11',
    advisory: 'CVE-2025-62522',
  },
  {
    name: 'ws',
    vulnerable: '<5.2.4 || >=6.0.0 <6.2.3 || >=7.0.0 <7.5.10 || >=8.0.0 <8.17.1',
    advisory: 'CVE-2024-37890',
  },
  { name: 'xml2js', vulnerable: '<0.5.0', advisory: 'CVE-2023-0842' },
]

/** Vulnerable versions that stay, and why the attack is not possible here; each must still be needed. */
export const ACCEPTED_VERSIONS: readonly { name: string; version: string; reason: string }[] = [
  {
    name: 'esbuild',
    version: '0.21.5',
    reason:
      "VitePress's Vite wants it; the development server in question serves the documentation",
  },
]
