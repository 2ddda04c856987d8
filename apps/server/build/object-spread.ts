/**
 * Copies into `target` what `{ ...target, ...sources }` would: the helper that tRPC was compiled with, by the engine's own copy
 * instead of property by property, which took a tenth of a call. Sources have no accessors, as everywhere in tRPC.
 */
export function objectSpread(target: object, ...sources: readonly unknown[]): object {
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue
    // Parsed JSON may have a property of this name, which an assignment would take for the prototype.
    if (Object.hasOwn(source, '__proto__')) {
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(source))
    } else Object.assign(target, source)
  }
  return target
}
