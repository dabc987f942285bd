import { errnoIn } from './errno';

/** Words with which programs say that something went wrong. */
const failing =
  /\berr(?:or)?\b|errno|fail|answers:|can ?not|can['’]t|could ?n[o']t|denied|unable|not (?:permitted|found|allowed|supported|valid|available|possible|ready)|FATAL|no such|\bno (?:device|link|route)|exists\b|\bbusy\b|in use\b|invalid|illegal|unknown|unrecogni[sz]ed|refus|reject|timed? ?out|too (?:large|small|many)|out of|not enough|insufficient|missing|abort|panic|exception|traceback|usage:|^-[EF]-|exit (?:code|status) [1-9]|does ?n[o']t/im;

/** An answer isn't a failure because it is there: words of a failure make it one, or the name of an error. */
export const failed = (answer: string | null): boolean =>
  answer !== null && answer.trim() !== '' && (failing.test(answer) || errnoIn(answer) !== null);
