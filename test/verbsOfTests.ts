/** Verbs of plans in tests, beside those of real plans: the tests put them into the programs, or they are programs. */
declare module '../src/model/verbs' {
  interface VerbsOfTests {
    fail_after: never;
    kill_after: never;
    kill_once: never;
    put: never;
    struck: never;
    take: never;
    wait_for_release: never;
    false: never;
    printf: never;
    sh: never;
    sleep: never;
  }
}

export {};
