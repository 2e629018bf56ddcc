// Hands a message to the one step that answers it: a command, the open question, the draft, or free words.
// The order is the rule: what was asked for by name comes first, guesses come last.

import { hasMatter, isAboutCase } from './belongs.ts'
import { addition } from './citizen/additions.ts'
import { albumPart } from './citizen/albums.ts'
import { answered } from './citizen/answers.ts'
import { cancellation } from './citizen/cancelling.ts'
import { help, start, stop } from './citizen/consent.ts'
import { deepLink } from './citizen/deep-links.ts'
import { draftAnswer } from './citizen/draft-answers.ts'
import { asNew, edited } from './citizen/edits.ts'
import { fileCommand } from './citizen/file-command.ts'
import { chosenLanguage, language, withoutChoosing } from './citizen/language.ts'
import { codeIn, linkCode, linkRequest } from './citizen/linking.ts'
import {
  eraseAnswer,
  eraseConfirmed,
  eraseRequest,
  isProvenForData,
  myData,
  pastErasing,
  provenData,
} from './citizen/my-data.ts'
import { placeAnswer } from './citizen/place-answers.ts'
import { otherGovernment } from './citizen/report.ts'
import { secrecy } from './citizen/secrecy.ts'
import { unclear } from './citizen/small-talk.ts'
import { show, status } from './citizen/status.ts'
import { openOffer, support } from './citizen/support.ts'
import { onSupported, supportedIn } from './citizen/supported.ts'
import { dissatisfiedBy, ratedBy, reopenedBy, satisfiedBy } from './citizen/verdict.ts'
import { chosenCase, withItsMedia } from './citizen/which.ts'
import { keptMedia } from './draft.ts'
import { numberFirst } from './emergency.ts'
import { free } from './free-text.ts'
import type { Moment, Outcome } from './moment.ts'
import { isOfficersOnly } from './officer/from-citizens.ts'
import { understand } from './understand/understand.ts'
import type { Command } from './understand/understanding.ts'
import { verdict } from './verdict.ts'

export function dispatch(arrived: Moment): Outcome {
  return deepLink(arrived) ?? edited(arrived) ?? albumPart(arrived) ?? spoken(asNew(arrived))
}

function spoken(arrived: Moment): Outcome {
  const inLanguage = chosenLanguage(arrived)
  if (inLanguage !== null) return inLanguage
  const aboutErasing = eraseAnswer(withoutChoosing(arrived))
  if (aboutErasing !== null) return aboutErasing
  const moment = pastErasing(withoutChoosing(arrived))
  const { state } = moment
  if (isProvenForData(moment)) return provenData(moment)
  const code = codeIn(moment)
  if (code !== null) return linkCode(moment, code)
  if (state.question?.type === 'which') {
    const choice = chosenCase(moment, state.question)
    if (choice !== null) return withItsMedia(spoken(asIfSaid(moment, choice)), choice.message)
  }
  const found = supportedIn(moment)
  if (found === null) return own(moment)
  return (
    onSupported(moment, found) ?? own({ ...moment, context: { ...moment.context, quoted: null } })
  )
}

/** What is about nothing that was merely joined. */
function own(moment: Moment): Outcome {
  const { state, reading } = moment
  const command = moment.message.choice === null ? reading.command : null
  if (isOfferAlone(moment)) return support(moment)
  if (command !== null && isUnderPicture(moment, command)) return addition(moment)
  if (command !== null && !isMereWording(moment, command)) return commanded(moment, command)
  if (isOfficersOnly(moment)) return { ...unclear(moment), ask: true }
  if (reading.machine && reading.intent === 'unclear') return unclear(moment)
  const other = state.draft === null || hasMatter(reading) ? otherGovernment(moment) : null
  if (other !== null) return other
  if (state.draft !== null && !isAboutCase(moment)) return draftAnswer(moment, state.draft)
  return toQuestion(moment) ?? free(moment)
}

/** Nothing but the ticket that is offered right now. */
function isOfferAlone({ state, reading }: Moment): boolean {
  const { command } = reading
  const bare = command?.name === 'status' && command.natural && command.ticket !== null
  return bare && command.ticket === openOffer(state)
}

/** A mere number below a picture says whose it is. */
function isUnderPicture({ message }: Moment, command: Command): boolean {
  const names = command.name === 'status' && command.natural && command.ticket !== null
  return names && keptMedia(message).length > 0
}

/** A command read out of plain words, while a draft is open that they rather belong to. */
function isMereWording({ state }: Moment, command: Command): boolean {
  if (state.draft === null || !command.natural || command.ticket !== null) return false
  switch (command.name) {
    case 'satisfied':
    case 'dissatisfied':
    case 'rate':
    case 'reopen':
    case 'add':
    case 'reply':
      return command.mistyped === null
    default:
      return false
  }
}

/** The earlier message again, now that it is known what it is about. */
function asIfSaid(
  moment: Moment,
  choice: { readonly settled: Moment['settled']; readonly message: Moment['message'] },
): Moment {
  return {
    ...moment,
    ...choice,
    state: { ...moment.state, question: null },
    reading: understand(choice.message.text, moment.context.city),
  }
}

function toQuestion(moment: Moment): Outcome | null {
  const { question } = moment.state
  if (question === null || question.type === 'which') return null
  if (moment.settled !== null || isAboutCase(moment)) return null
  if (question.type === 'place' || question.type === 'village') return placeAnswer(moment, question)
  return answered(moment, question)
}

function commanded(moment: Moment, command: Command): Outcome {
  switch (command.name) {
    case 'status':
      return status(moment)
    case 'show':
      return show(moment)
    case 'add':
    case 'reply':
      return numberFirst(moment, addition(moment))
    case 'satisfied':
      return (isPlain(moment, command) ? verdict(moment, 'content') : null) ?? satisfiedBy(moment)
    case 'dissatisfied':
      return (
        (isPlain(moment, command) ? verdict(moment, 'discontent') : null) ??
        numberFirst(moment, dissatisfiedBy(moment))
      )
    case 'rate':
      return ratedBy(moment)
    case 'reopen':
      return numberFirst(moment, reopenedBy(moment))
    case 'cancel':
      return cancellation(moment)
    case 'link':
      return linkRequest(moment)
    case 'support':
      return support(moment)
    case 'anonymous':
    case 'confidential':
      return secrecy(moment, command.name)
    case 'help':
      return help(moment)
    case 'stop':
      return stop(moment)
    case 'start':
      return start(moment)
    case 'language':
      return language(moment)
    case 'data':
      return myData(moment)
    case 'erase':
      return eraseRequest(moment)
    case 'erase_yes':
      return eraseConfirmed(moment)
    case 'file':
      return fileCommand(moment)
  }
}

/** Said in plain words, about no complaint in particular. */
function isPlain(moment: Moment, command: Command): boolean {
  const names = command.ticket !== null || command.mistyped !== null || isAboutCase(moment)
  return command.natural && !names
}
