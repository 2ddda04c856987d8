import { useState } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const STORED = 'tollgate:theme'

/** Applies the chosen theme; `system` follows the device. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** The stored theme. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** The theme and its setter. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosenTheme)
  return [
    theme,
    (chosen) => {
      localStorage.setItem(STORED, chosen)
      applyTheme(chosen)
      setTheme(chosen)
    },
  ]
}
