/** What was looked at and how it stands; `fix` says what to do about anything but `ok`. */
export type Finding =
  | { about: string; state: 'ok'; told: string }
  | {
      about: string
      state: 'warning' | 'problem'
      told: string
      fix: string
      /** Where the guide has more, if it does. */
      docs?: string | null
    }
