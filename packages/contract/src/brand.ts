declare const brand: unique symbol

/** A value that only its own constructor can create, so that different kinds of strings cannot be mixed up. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
