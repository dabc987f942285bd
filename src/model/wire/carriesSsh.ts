/** Why a device is protected that our own packets go through: what is said of it, and what a capture of it must leave out. */
export const carriesSsh = 'it carries this ssh connection';
