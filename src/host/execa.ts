/** The library that starts processes is large: it is loaded when the first program runs. */
export const loadExeca = () => import('execa');
