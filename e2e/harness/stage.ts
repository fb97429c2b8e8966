// What a file of stories needs: Keystead, its administrator's SDK, a browser, and apps; all gone when the file is done.
import { after } from 'node:test'
import type { Client } from '@okta/okta-sdk-nodejs'
import { adminOf } from './admin.ts'
import { type BrowserHabits, launchBrowser, type Visitor, type VisitSettings, visit } from './browser.ts'
import { type Keystead, startKeystead } from './keystead.ts'
import { type Spa, type SpaName, serveSpa } from './spa.ts'

export interface Stage {
  readonly keystead: Keystead
  readonly admin: Client
  /** Serves an app until the file is done. */
  serve(name: SpaName): Promise<Spa>
  /** Lets a person with an empty browser live through a story. */
  visit(story: (visitor: Visitor) => Promise<void>, settings?: VisitSettings): Promise<void>
}

/** Sets the stage for the stories of a test file. */
export async function setStage(habits: BrowserHabits = {}): Promise<Stage> {
  const [keystead, browser] = await Promise.all([startKeystead(), launchBrowser(habits)])
  const spas: Spa[] = []
  after(async () => {
    await browser.close()
    await Promise.all(spas.map((spa) => spa.close()))
    await keystead.stop()
  })
  return {
    keystead,
    admin: adminOf(keystead),
    serve: async (name) => {
      const spa = await serveSpa(name)
      spas.push(spa)
      return spa
    },
    visit: (story, settings) => visit(browser, keystead.output, story, settings),
  }
}
