/** The peer ranges of the published packages, with the lowest and highest versions that `pnpm test:floors` has tested. */
export const PROVEN_RANGES: readonly {
  name: string
  range: string
  lowest: string
  newest: string
}[] = [
  { name: '@tanstack/react-query', range: '^5.90.1', lowest: '5.90.1', newest: '5.108.4' },
  { name: '@trpc/client', range: '>=11.10.0 <12', lowest: '11.10.0', newest: '11.25.2' },
  { name: '@trpc/server', range: '>=11.10.0 <12', lowest: '11.10.0', newest: '11.25.2' },
  { name: 'ai', range: '>=6.0.0 <7', lowest: '6.0.0', newest: '6.0.326' },
  { name: 'react', range: '^19.0.0', lowest: '19.0.0', newest: '19.3.1' },
  { name: 'stripe', range: '>=23 <24', lowest: '23.0.0', newest: '23.1.0' },
  { name: 'yaml', range: '^2.8.0', lowest: '2.8.0', newest: '2.9.1' },
  { name: 'zod', range: '^4.1.0', lowest: '4.1.0', newest: '4.6.7' },
]
