/**
 * Copies into `target` what `{ ...target, ...sources }` would. Replaces the helper that tRPC was compiled with by the engine's
 * own copy: copying property by property took a tenth of a call. Sources have no accessors, as everywhere in tRPC.
 */
export function objectSpread(target: object, ...sources: readonly unknown[]): object {
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue
    // Parsed JSON may have a property of this name; assigning it would set the prototype.
    if (Object.hasOwn(source, '__proto__')) {
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(source))
    } else Object.assign(target, source)
  }
  return target
}
