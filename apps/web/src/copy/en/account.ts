/** Signing in and the account page. */
export const enAccount = {
  signInError: (code: string | null): string =>
    (code === null ? null : SIGN_IN_ERRORS[code]) ?? 'That did not work. Please try again.',
  account: {
    menu: 'Account',
    guest: 'Guest',
    signOut: 'Sign out',
    leaveTitle: 'Sign out and lose this account?',
    leaveText:
      'A guest account cannot be signed in to again: you would lose your plan, your credits and everything you made. Create an account first to keep them.',
    leave: 'Sign out anyway',
    stay: 'Stay signed in',
    keep: 'Create an account',
    keepHint: 'You are a guest. Create an account to keep your credits.',
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
  },
  verify: {
    title: 'Verify your email address',
    guest: 'Sign in to the account that the mail was sent for.',
    verified: (email: string) => `${email} is verified.`,
    toAlerts: 'Choose your alerts',
    expired: 'This link has expired or is incomplete. Have another one sent.',
    otherAccount: 'This link is for another account. Sign in to that one and open it again.',
    failed: 'Your address could not be verified. Please try again.',
    again: 'Try again',
    send: 'Send the verification mail',
    sendAnother: 'Send another mail',
    sent: (email: string) => `Sent to ${email}. Open the link in it within 24 hours.`,
    tooMany: 'Too many mails were sent today. Please check your inbox and your spam folder.',
    notSent: 'The mail could not be sent. Please try again.',
  },
  welcome: {
    headline: 'Make things. Know what every click costs.',
    lead: 'Pictures, summaries and QR codes. The price is on the button, your balance is always current, and failed runs are free.',
    draft: 'Try a card',
    draftTitle: 'What should your card say?',
    draftStyle: 'Card style',
    sample: 'Our new lighthouse opens on Friday',
    watermark: 'Preview',
    previewOf: (title: string) => `Preview of your card: ${title}`,
    previewHint:
      'Drawn by your browser, free. Sign in or continue as guest to generate the finished card; your words come along.',
    guest: 'Continue as guest',
    guestHint: 'No email needed. Your free credits are ready right away.',
    or: 'or',
    signIn: 'Sign in',
    signUp: 'Create account',
    name: 'Name',
    email: 'Email',
    password: 'Password',
    passwordHint: 'At least 8 characters',
    toSignUp: 'New here? Create an account',
    toSignIn: 'Have an account? Sign in',
    plans: 'See plans and prices',
    points: [
      { title: 'The price first', text: 'Every button says what it costs before you press it.' },
      { title: 'Charged once', text: 'A lost connection or a double click never costs twice.' },
      { title: 'No charge for failures', text: 'If something goes wrong, the credits come back.' },
    ],
  },
}

/** By the server's error code; all other codes get the generic message. */
const SIGN_IN_ERRORS: Partial<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'That email and password do not match an account.',
  INVALID_EMAIL: 'That is not a valid email address.',
  USER_ALREADY_EXISTS: 'There is an account with this email already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'There is an account with this email already. Sign in instead.',
  PASSWORD_TOO_SHORT: 'The password is too short: it needs at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long.',
  VALIDATION_ERROR: 'Please check what you entered.',
  TOO_MANY_REQUESTS: 'Too many attempts. Please wait a moment.',
}
