// Security questions: the list of Okta's keys, and what an answer must be. Answers are compared without case, accents and superfluous
// spaces, and kept as hashes.
import { loginKey } from '#kernel/login-key.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { QuestionProfile } from './factor.ts'

/** Spec of sign-in: 7.2. */
export const QUESTIONS: Readonly<Record<string, string>> = {
  disliked_food: 'What is the food you least liked as a child?',
  name_of_first_plush_toy: 'What is the name of your first stuffed animal?',
  first_award: 'What did you earn your first medal or award for?',
  favorite_security_question: 'What is your favorite security question?',
  favorite_toy: 'What is the toy/stuffed animal you liked the most as a kid?',
  first_computer_game: 'What was the first computer game you played?',
  favorite_movie_quote: 'What is your favorite movie quote?',
  first_sports_team_mascot: 'What was the mascot of the first sports team you played on?',
  first_music_purchase: 'What music album or song did you first purchase?',
  favorite_art_piece: 'What is your favorite piece of art?',
  grandmother_favorite_desert: "What was your grandmother's favorite dessert?",
  first_thing_cooked: 'What was the first thing you learned to cook?',
  childhood_dream_job: 'What was your dream job as a child?',
  first_kiss_location: 'Where did you have your first kiss?',
  place_where_significant_other_was_met: 'Where did you meet your spouse/significant other?',
  favorite_vacation_location: 'Where did you go for your favorite vacation?',
  new_years_two_thousand: "Where were you on New Year's Eve in the year 2000?",
  favorite_speaker_actor: 'Who is your favorite speaker/orator?',
  favorite_book_movie_character: 'Who is your favorite book/movie character?',
  favorite_sports_player: 'Who is your favorite sports player?',
}

const TEXT_MAX = 255
const ANSWER_MIN = 4

/** What is hashed of an answer, and compared. */
export const answerKey = (answer: string): string => loginKey(answer).replace(/\s+/gu, ' ')

/**
 * The question as it will be shown: one of the list by its key, or `custom` with a text of the person's own.
 * @throws {Refusal} validation_failed for what is no question, and for an answer that is short or stands in the question or the login
 */
export function checkQuestion(question: string, answer: string, login: string): QuestionProfile {
  const known = Object.hasOwn(QUESTIONS, question) ? QUESTIONS[question] : undefined
  const text = known ?? question.trim()
  if (text === '' || text.length > TEXT_MAX) throw fault('question', `must have between 1 and ${TEXT_MAX} characters`)
  // The length first: folding a text costs the square of the accents that follow one another.
  if (answer.length > TEXT_MAX || answerKey(answer).length < ANSWER_MIN)
    throw fault('answer', `must have between ${ANSWER_MIN} and ${TEXT_MAX} characters`)
  const key = answerKey(answer)
  if (answerKey(text).includes(key)) throw fault('answer', 'must not be part of the question')
  const name = answerKey(login)
  if (key === name || key === name.split('@', 1)[0]) throw fault('answer', 'must not be the login')
  return { question: known === undefined ? 'custom' : question, questionText: text }
}

/** Too long to be an answer: not worth folding, and never right. */
export const isTooLong = (answer: string): boolean => answer.length > TEXT_MAX

const fault = (field: string, sentence: string): Refusal =>
  invalid('factorEnrollRequest', `${field}: The field ${sentence}`)
