/** What differs from one place that an app runs in to the next. */
export interface AppConfig {
  readonly issuer: string
  readonly clientId: string
  /** Where okta-auth-js keeps tokens; for all tabs together where nothing is said. */
  readonly tokenStorage?: 'localStorage' | 'sessionStorage'
}

/** Read when the app starts, so that one build serves everywhere. */
export async function readConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json')
  return response.json()
}
