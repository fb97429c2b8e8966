// The answer of the authorization endpoint, in the four response modes. Pure but for the page's nonce.
import { type Answer, redirect } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { formPostPage } from '#http/pages/form-post-page.ts'
import { postMessagePage } from '#http/pages/post-message-page.ts'
import type { RandomBytes } from '#kernel/id.ts'
import type { OAuthError } from '../error.ts'
import type { ResponseMode } from './request.ts'

export interface Reply {
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
  readonly issuer: string
  readonly orgName: string
  /** The request came by POST: 303 keeps the browser from sending the form on. */
  readonly posted: boolean
}

const PRIVATE = { 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache, no-store', pragma: 'no-cache' } as const

export const respondWithCode = (reply: Reply, code: string, random: RandomBytes): Answer =>
  respond(reply, { code }, random)

export const respondWithError = (reply: Reply, error: OAuthError, random: RandomBytes): Answer =>
  respond(reply, { error: error.code, error_description: error.message }, random)

/** An ID token that nobody asked for goes to the app by a form, without a state. */
export const respondWithIdToken = (reply: Reply, idToken: string, random: RandomBytes): Answer =>
  formPost(reply, { id_token: idToken }, random)

function respond(reply: Reply, members: Readonly<Record<string, string>>, random: RandomBytes): Answer {
  const fields = { ...(reply.state === undefined ? {} : { state: reply.state }), ...members, iss: reply.issuer }
  switch (reply.responseMode) {
    case 'query':
      return go(reply, withQuery(reply.redirectUri, fields))
    case 'fragment':
      return go(reply, `${reply.redirectUri}#${new URLSearchParams(fields)}`)
    case 'form_post':
      return formPost(reply, fields, random)
    case 'okta_post_message':
      return postMessage(reply, fields, random)
  }
}

const go = ({ posted }: Reply, location: string): Answer => redirect(location, posted ? 303 : 302, { headers: PRIVATE })

/** Appended as text: a registered query stays as it was registered, to the byte. */
function withQuery(uri: string, fields: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(fields).toString()
  if (!uri.includes('?')) return `${uri}?${query}`
  return uri.endsWith('?') || uri.endsWith('&') ? `${uri}${query}` : `${uri}&${query}`
}

function formPost(
  { redirectUri, orgName }: Reply,
  fields: Readonly<Record<string, string>>,
  random: RandomBytes,
): Answer {
  const page = (nonce: string) => formPostPage({ nonce, orgName, redirectUri, fields })
  return pageAnswer(random, page, { formActionOrigins: [redirectUri], script: true, headers: PRIVATE })
}

function postMessage(
  { redirectUri, orgName }: Reply,
  message: Readonly<Record<string, string>>,
  random: RandomBytes,
): Answer {
  const targetOrigin = new URL(redirectUri).origin
  const page = (nonce: string) => postMessagePage({ nonce, orgName, targetOrigin, message })
  return pageAnswer(random, page, { frameAncestors: [targetOrigin], script: true, headers: PRIVATE })
}
