/** The result of one check; `fix` says what to do about anything but `ok`. */
export type Finding =
  | { about: string; state: 'ok'; detail: string }
  | {
      about: string
      state: 'warning' | 'problem'
      detail: string
      fix: string
      /** The section of the guide about it, if any. */
      docs?: string | null
    }
