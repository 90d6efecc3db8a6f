// Signed notes, against one that another program signed.
#include "service/proof/signed_note.h"

#include <gtest/gtest.h>

#include <string>

namespace kirikae::proof {
namespace {

// The example of Go's package golang.org/x/mod/sumdb/note.
constexpr char kPrivate[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kPublic[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kText[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr char kNote[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvq"
    "fqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(SignedNote, IsTheOneThatAnotherProgramSigns) {
  const std::optional<SigningKey> key = SigningKey::Parse(kPrivate);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->public_key().Text(), kPublic);
  EXPECT_EQ(key->Text(), kPrivate);
  EXPECT_EQ(key->Sign(kText), kNote);
  const absl::StatusOr<Note> note = ReadNote(kNote, {*PublicKey::Parse(kPublic)});
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_EQ(note->text, kText);
  EXPECT_EQ(note->signature, Signature::kGood);
}

TEST(SignedNote, EveryAlteredByteOfTheTextIsFound) {
  const PublicKey key = *PublicKey::Parse(kPublic);
  for (size_t i = 0; i + 1 < std::string(kText).size(); ++i) {
    std::string note = kNote;
    note[i] = static_cast<char>(note[i] ^ 1);
    const absl::StatusOr<Note> read = ReadNote(note, {key});
    EXPECT_TRUE(!read.ok() || read->signature == Signature::kWrong) << i;
  }
}

TEST(SignedNote, OfAnUnknownKeyIsReadAndSaysSo) {
  const absl::StatusOr<Note> note = ReadNote(kNote, {SigningKey::Make("other").public_key()});
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->signature, Signature::kUnknownKey);
}

TEST(SignedNote, WhatIsNoneIsRefused) {
  for (const char* text :
       {"", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n\xE2\x80\x94 a b",
        "text\n\n\xE2\x80\x94 name AAAA\n", "text\n\n\xE2\x80\x94 a b c\n"}) {
    EXPECT_FALSE(ReadNote(text, {}).ok()) << text;
  }
}

TEST(SignedNote, AKeyOfAnotherFormIsRefused) {
  for (const char* text :
       {"", "name", "a+b+c", "Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc"}) {
    EXPECT_FALSE(PublicKey::Parse(text).has_value()) << text;
    EXPECT_FALSE(SigningKey::Parse(std::string("PRIVATE+KEY+") + text).has_value()) << text;
  }
}

TEST(SignedNote, ANewKeySignsAndIsReadAgain) {
  const SigningKey key = SigningKey::Make("kirikae/0123456789abcdef");
  const std::optional<SigningKey> again = SigningKey::Parse(key.Text());
  ASSERT_TRUE(again.has_value());
  const absl::StatusOr<Note> note = ReadNote(again->Sign("a\nb\n"), {key.public_key()});
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->signature, Signature::kGood);
}

}  // namespace
}  // namespace kirikae::proof
