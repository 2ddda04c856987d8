/** Removes e-mail addresses from a text that may contain some; a version in a path, such as vitest@4.1.12, is not one. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s<>"'(),;:/]+@[\w.-]+\.[a-z]{2,}/gi, '[address]')
}
