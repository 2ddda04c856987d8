declare const brand: unique symbol

/** A value that only its own constructor can make, so that two strings are never mixed up. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
