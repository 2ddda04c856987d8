/** The pages of the operators' view, in the order they are offered; in English, as logs, metrics and commands are. */
export const OPERATOR_PLACES = [
  { path: '/operator', label: 'Figures' },
  { path: '/operator/customers', label: 'Customers' },
  { path: '/operator/quarantine', label: 'Quarantine' },
  { path: '/operator/holds', label: 'Holds' },
  { path: '/operator/drift', label: 'Drift' },
  { path: '/operator/changes', label: 'Changes' },
] as const

/** What the page at a path is called; null for one that is not an operator's. */
export function operatorTitle(path: string): string | null {
  const place = OPERATOR_PLACES.find((one) => one.path === path)
  return place ? `${place.label} · Operator` : null
}
