/** The library that starts processes is large: it is loaded with the first program that is run. */
export const loadExeca = () => import('execa');
