/** Moved pages, from their old path to the new one. */
export const MOVED: Readonly<Record<string, string>> = {
  'guide/add-to-your-app': 'tutorial/add-to-your-app',
  'guide/add-a-billed-procedure': 'how-to/add-a-billed-procedure',
  'guide/variable-cost-and-streams': 'how-to/variable-cost-and-streams',
  'guide/several-meters': 'how-to/several-meters',
  'guide/charge-once': 'how-to/charge-once',
  'guide/plans-and-pricing': 'how-to/plans-and-pricing',
  'guide/call-from-a-client': 'how-to/call-from-a-client',
  'guide/life-of-a-billed-call': 'explanation/life-of-a-billed-call',
}
