/** Whether a customer with these features may use a meter without limit: the toggle `unlimited_<meter>`, by Flowglad's naming convention. */
export function isUnlimited(meter: string, features: readonly string[]): boolean {
  return features.includes(`unlimited_${meter}`)
}
