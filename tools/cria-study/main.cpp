//===- main.cpp - cria-study: what each fusion brings ---------------------===//
#include "study/Main.h"

int main(int argc, char **argv) { return cria::study::studyMain(argc, argv); }
