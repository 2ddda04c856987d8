/** A text that may name people by their e-mail addresses, without these; a version in a path, such as vitest@4.1.12, is none. */
export function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s<>"'(),;:/]+@[\w.-]+\.[a-z]{2,}/gi, '[address]')
}
