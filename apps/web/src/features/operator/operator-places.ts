/** The pages of the operators' view, in order; in English, like logs, metrics and commands. */
export const OPERATOR_PLACES = [
  { path: '/operator', label: 'Figures' },
  { path: '/operator/customers', label: 'Customers' },
  { path: '/operator/quarantine', label: 'Quarantine' },
  { path: '/operator/holds', label: 'Holds' },
  { path: '/operator/drift', label: 'Drift' },
  { path: '/operator/changes', label: 'Changes' },
] as const

/** The name of the page at a path; null if it is not an operator's. */
export function operatorTitle(path: string): string | null {
  const place = OPERATOR_PLACES.find((one) => one.path === path)
  return place ? `${place.label} · Operator` : null
}
